import type { InstanceType } from '@evenkeel/core/shape';
import type { Catalogue } from '@evenkeel/engine/ports';
import type { Catalog } from './catalog.ts';
import type { LiveFacts } from './live-facts.ts';
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
