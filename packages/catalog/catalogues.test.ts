import { describe, expect, it } from 'vitest';
import { createSnapshotCatalogue } from './catalogues.ts';

const REGION = 'eu-west-1';

describe('the catalogue as a port', () => {
  it('the snapshot gives the region and no zones', async () => {
    const catalogue = createSnapshotCatalogue();
    expect((await catalogue.inRegion(REGION)).length).toBeGreaterThan(200);
    expect(await catalogue.zonesOffering(REGION)).toBeUndefined();
    await expect(catalogue.inRegion('mars-north-1')).rejects.toThrow(RangeError);
  });
});
