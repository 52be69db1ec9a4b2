import { describe, expect, it } from 'vitest';
import { createLiveCatalogue, createSnapshotCatalogue } from './catalogues.ts';

const REGION = 'eu-west-1';
const priced = JSON.stringify({
  product: {
    attributes: {
      instanceType: 'm5.large',
      operatingSystem: 'Linux',
      tenancy: 'Shared',
      preInstalledSw: 'NA',
      capacitystatus: 'Used',
    },
  },
  terms: { OnDemand: { a: { priceDimensions: { b: { unit: 'Hrs', pricePerUnit: { USD: '0.2' } } } } } },
});

describe('the catalogue as a port', () => {
  it('the snapshot gives the region and no zones', async () => {
    const catalogue = createSnapshotCatalogue();
    expect((await catalogue.inRegion(REGION)).length).toBeGreaterThan(200);
    expect(await catalogue.zonesOffering(REGION)).toBeUndefined();
    await expect(catalogue.inRegion('mars-north-1')).rejects.toThrow(RangeError);
  });

  it('live figures replace the snapshot, and only what was fetched', async () => {
    const offerings = new Map([
      ['a', new Set(['m5.large'])],
      ['b', new Set(['m5.large', 'm7g.large'])],
    ]);
    const fetch = async () => ({ asOf: '2026-11-23', priceList: [priced], offerings });
    const catalogue = createLiveCatalogue(fetch, () => {});
    const snapshot = await createSnapshotCatalogue().inRegion(REGION);
    const live = await catalogue.inRegion(REGION);
    expect(live.find(({ type }) => type.name === 'm5.large')?.price).toEqual({
      usdPerHour: 0.2,
      trust: 'live',
      asOf: '2026-11-23',
    });
    expect(live.filter(({ type }) => type.name !== 'm5.large')).toEqual(
      snapshot.filter(({ type }) => type.name !== 'm5.large'),
    );
    const zones = await catalogue.zonesOffering(REGION);
    expect([zones?.('m5.large'), zones?.('m7g.large'), zones?.('x')]).toEqual([['a', 'b'], ['b'], []]);
  });

  it('where fetching fails the snapshot stands, and somebody is told', async () => {
    const told: string[] = [];
    const catalogue = createLiveCatalogue(
      () => Promise.reject(new Error('no credentials')),
      (region, error) => told.push(`${region}: ${(error as Error).message}`),
    );
    expect(await catalogue.inRegion(REGION)).toEqual(await createSnapshotCatalogue().inRegion(REGION));
    expect(told).toEqual(['eu-west-1: no credentials']);
  });
});
