import type { CatalogEntry } from '@evenkeel/core/shape';
import { type Catalogue, PortError } from '../ports/index.ts';

/** A catalogue of the given regions; `zones` says which zones offer a type, where somebody asked. */
export function createMemoryCatalogue(
  regions: Readonly<Record<string, readonly CatalogEntry[]>>,
  zones?: (type: string) => readonly string[],
): Catalogue {
  return {
    async inRegion(region) {
      const entries = regions[region];
      if (entries === undefined) throw new PortError('not-found', `the catalogue has no region ${region}`);
      return entries;
    },
    zonesOffering: async () => zones,
  };
}
