import type { Catalogue, Documents } from '@evenkeel/engine/ports';
import type { Catalog } from '../catalog.ts';
import { withLiveFacts } from '../live-facts.ts';
import { loadCatalog } from '../load-catalog.ts';
import { type KeptMarket, liveFactsOf, MARKETS, zonesOf } from './kept-market.ts';

/** The snapshot with the figures of the last refresh in place of its own, where there was one. */
export function createKeptCatalogue(documents: Pick<Documents, 'read'>): Catalogue {
  const kept = async (region: string): Promise<KeptMarket | undefined> =>
    (await documents.read<KeptMarket>(MARKETS, region))?.value;
  return {
    inRegion: async (region) => (await catalogOf(region, await kept(region))).entries,
    zonesOffering: async (region) => {
      const market = await kept(region);
      return market && zonesOf(market);
    },
  };
}

/** The catalogue of a region with its parts and their age, refreshed by what is kept. */
export async function catalogOf(region: string, kept: KeptMarket | undefined): Promise<Catalog> {
  const catalog = await loadCatalog(region);
  return kept === undefined ? catalog : withLiveFacts(catalog, liveFactsOf(kept, catalog));
}

/** On-Demand prices of a region, USD an hour, where they were read from AWS of late; undefined where only an older one is known. */
export function livePrices(
  catalogue: Pick<Catalogue, 'inRegion'>,
  region: string,
): (type: string) => Promise<number | undefined> {
  return async (type) => {
    const entries = await catalogue.inRegion(region);
    const price = entries.find((entry) => entry.type.name === type)?.price;
    return price?.trust === 'live' ? price.usdPerHour : undefined;
  };
}
