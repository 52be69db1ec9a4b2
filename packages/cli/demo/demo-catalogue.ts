import { createSnapshotCatalogue } from '@evenkeel/catalog';
import type { Catalogue } from '@evenkeel/engine/ports';

/** The region whose list prices the demo counts with. */
const PRICED_AS = 'us-east-1';

/** The catalogue that ships with Evenkeel, with the simulated region priced as a real one. */
export function demoCatalogue(): Catalogue {
  const snapshot = createSnapshotCatalogue();
  return {
    inRegion: () => snapshot.inRegion(PRICED_AS),
    zonesOffering: () => snapshot.zonesOffering(PRICED_AS),
  };
}
