import type { CatalogEntry, InstanceType, Price, SpotMarket } from '@evenkeel/core/shape';
import type { Catalog } from './catalog.ts';

/** What was fetched from AWS for one region; whatever was not fetched is an empty map. */
export interface LiveFacts {
  /** The day it was fetched, ISO 8601. */
  readonly asOf: string;
  readonly types: ReadonlyMap<string, InstanceType>;
  /** Whether `types` holds every type the region offers, so that a missing one is gone. */
  readonly typesComplete: boolean;
  /** On-demand, USD an hour. */
  readonly prices: ReadonlyMap<string, number>;
  /** The median over zones, USD an hour. */
  readonly spotPrices: ReadonlyMap<string, number>;
}

/**
 * The catalogue with live figures in place of its own. Performance stays the catalogue's (AWS publishes none), and so do interruption
 * bands. A type that is live but unknown comes in without performance: it is listed, and cannot be chosen.
 */
export function withLiveFacts(catalog: Catalog, live: LiveFacts): Catalog {
  const known = catalog.entries.filter(({ type }) => !live.typesComplete || live.types.has(type.name));
  const names = new Set(known.map(({ type }) => type.name));
  const added = [...live.types.values()]
    .filter((type) => !names.has(type.name))
    .map((type): CatalogEntry => ({ type }));
  return {
    ...catalog,
    entries: [...known, ...added].map((entry) => refreshed(entry, live)),
    parts: catalog.parts.map((part) => (isRefreshed(part.part, live) ? { ...part, asOf: live.asOf } : part)),
  };
}

function isRefreshed(part: string, live: LiveFacts): boolean {
  if (part === 'facts') return live.typesComplete;
  if (part === 'prices') return live.prices.size > 0;
  return part === 'spot' && live.spotPrices.size > 0;
}

function refreshed(entry: CatalogEntry, live: LiveFacts): CatalogEntry {
  const type = refreshedType(entry.type, live.types.get(entry.type.name));
  const price = refreshedPrice(entry.price, live.prices.get(type.name), live.asOf);
  const spot = refreshedSpot(entry.spot, live.spotPrices.get(type.name), price, live.asOf);
  return { type, ...(price && { price }), ...(spot && { spot }) };
}

function refreshedType(ours: InstanceType, live: InstanceType | undefined): InstanceType {
  if (!live) return ours;
  return ours.performance ? { ...live, performance: ours.performance } : live;
}

function refreshedPrice(ours: Price | undefined, live: number | undefined, asOf: string): Price | undefined {
  return live === undefined ? ours : { usdPerHour: live, trust: 'live', asOf };
}

function refreshedSpot(
  ours: SpotMarket | undefined,
  live: number | undefined,
  price: Price | undefined,
  asOf: string,
): SpotMarket | undefined {
  if (live === undefined || !price) return ours;
  const discount = Math.max(0, 1 - live / price.usdPerHour);
  return { discount, ...(ours?.interrupted && { interrupted: ours.interrupted }), asOf };
}
