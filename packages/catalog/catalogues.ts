import type { InstanceType } from '@evenkeel/core/shape';
import type { Catalogue } from '@evenkeel/engine/ports';
import type { Catalog } from './catalog.ts';
import { type LiveFacts, withLiveFacts } from './live-facts.ts';
import { loadCatalog } from './load-catalog.ts';
import { type DescribedInstanceType, fromInstanceTypes } from './refresh/instance-types.ts';
import { fromPriceList } from './refresh/on-demand-prices.ts';
import { fromSpotPriceHistory, type SpotPricePoint } from './refresh/spot-prices.ts';

/** The snapshot that ships with Evenkeel: what there is without credentials. Nobody asked which zones offer what. */
export function createSnapshotCatalogue(): Catalogue {
  return {
    inRegion: async (region) => (await loadCatalog(region)).entries,
    zonesOffering: async () => undefined,
  };
}

/** What was fetched of one region, as AWS said it; whatever was not fetched is absent. */
export interface FetchedMarket {
  /** The day it was fetched, ISO 8601. */
  readonly asOf: string;
  /** All pages of DescribeInstanceTypes. */
  readonly types?: readonly DescribedInstanceType[];
  /** All pages of the Pricing API's GetProducts, each item a JSON text. */
  readonly priceList?: readonly string[];
  readonly spotPrices?: readonly SpotPricePoint[];
  /** Types by zone, from DescribeInstanceTypeOfferings. */
  readonly offerings?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Translates what was fetched; T types take their baseline from the catalogue, which AWS does not describe. */
export function toLiveFacts(fetched: FetchedMarket, catalog: Catalog): LiveFacts {
  const known = new Map(catalog.entries.map(({ type }): [string, InstanceType] => [type.name, type]));
  return {
    asOf: fetched.asOf,
    types: fromInstanceTypes(fetched.types ?? [], known),
    typesComplete: fetched.types !== undefined && fetched.types.length > 0,
    prices: fromPriceList(fetched.priceList ?? []),
    spotPrices: fromSpotPriceHistory(fetched.spotPrices ?? []),
  };
}

/**
 * The snapshot with what `fetch` gives of a region in place of its own figures. Where fetching fails the snapshot stands: an old price is
 * better than none, and says its age; `onFailure` is told.
 */
export function createLiveCatalogue(
  fetch: (region: string) => Promise<FetchedMarket>,
  onFailure: (region: string, error: unknown) => void,
): Catalogue {
  const fetched = async (region: string): Promise<FetchedMarket | undefined> => {
    try {
      return await fetch(region);
    } catch (error) {
      onFailure(region, error);
      return undefined;
    }
  };
  return {
    inRegion: async (region) => {
      const [catalog, market] = await Promise.all([loadCatalog(region), fetched(region)]);
      return market ? withLiveFacts(catalog, toLiveFacts(market, catalog)).entries : catalog.entries;
    },
    zonesOffering: async (region) => {
      const offerings = (await fetched(region))?.offerings;
      return (
        offerings && ((type) => [...offerings].filter(([, types]) => types.has(type)).map(([zone]) => zone))
      );
    },
  };
}
