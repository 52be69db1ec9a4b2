import type { InstanceType } from '@evenkeel/core/shape';
import type { Catalog } from '../catalog.ts';
import type { LiveFacts } from '../live-facts.ts';

/**
 * What AWS said of a region's market, small enough for one document (about 100 KB): facts are kept only where the snapshot has none or others.
 * Plain JSON.
 */
export interface KeptMarket {
  /** The day it was read, ISO 8601. */
  readonly asOf: string;
  /** The day somebody last tried to read it. */
  readonly triedOn: string;
  /** Every type that is named below or that the region offers. */
  readonly names: readonly string[];
  /** Whether `names` holds all the region offers. */
  readonly complete: boolean;
  readonly facts: readonly InstanceType[];
  /** On-demand, USD an hour, by type. */
  readonly prices: Readonly<Record<string, number>>;
  /** The median over zones, USD an hour, by type. */
  readonly spot: Readonly<Record<string, number>>;
  /** What each zone offers, as places in `names`; none where it was not read. */
  readonly zones: Readonly<Record<string, readonly number[]>>;
  /** How many figures of the snapshot it contradicts, by figure. */
  readonly drift: Readonly<Record<string, number>>;
}

/** Types by zone, as DescribeInstanceTypeOfferings tells them. */
export type Offerings = ReadonlyMap<string, ReadonlySet<string>>;

/** Where the figures of a day are kept, by region. */
export const MARKETS = 'market';

export interface MarketReading {
  readonly live: LiveFacts;
  readonly offerings: Offerings;
  readonly drift: KeptMarket['drift'];
}

/** Makes what is kept of a reading. */
export function keptMarketOf(catalog: Catalog, { live, offerings, drift }: MarketReading): KeptMarket {
  const offered = [...offerings.values()].flatMap((types) => [...types]);
  const names = [...new Set([...live.types.keys(), ...offered])].sort();
  const places = new Map(names.map((name, index) => [name, index]));
  const ours = new Map(catalog.entries.map(({ type }) => [type.name, type]));
  return {
    asOf: live.asOf,
    triedOn: live.asOf,
    names,
    complete: live.typesComplete,
    facts: [...live.types.values()].filter((type) => isNews(type, ours.get(type.name))),
    prices: Object.fromEntries(live.prices),
    spot: Object.fromEntries(live.spotPrices),
    zones: Object.fromEntries(
      [...offerings].map(([zone, types]) => [zone, [...types].flatMap((type) => places.get(type) ?? [])]),
    ),
    drift,
  };
}

/** Facts that decide: the others differ in rounding only. */
function isNews(live: InstanceType, ours: InstanceType | undefined): boolean {
  return ours === undefined || ours.vcpus !== live.vcpus || ours.memoryGiB !== live.memoryGiB;
}

/** The kept figures as live ones: facts that were not kept are the snapshot's. */
export function liveFactsOf(kept: KeptMarket, catalog: Catalog): LiveFacts {
  const ours = new Map(catalog.entries.map(({ type }): [string, InstanceType] => [type.name, type]));
  const news = new Map(kept.facts.map((type) => [type.name, type]));
  const types = kept.complete
    ? kept.names.flatMap((name): [string, InstanceType][] => {
        const type = news.get(name) ?? ours.get(name);
        return type === undefined ? [] : [[name, type]];
      })
    : [];
  return {
    asOf: kept.asOf,
    types: new Map(types),
    typesComplete: kept.complete,
    prices: new Map(Object.entries(kept.prices)),
    spotPrices: new Map(Object.entries(kept.spot)),
  };
}

/** The zones that offer a type; undefined where nobody read them. */
export function zonesOf({ names, zones }: KeptMarket): ((type: string) => readonly string[]) | undefined {
  const sets = Object.entries(zones).map(([zone, places]) => [zone, new Set(places)] as const);
  if (sets.length === 0) return undefined;
  return (type) => {
    const place = names.indexOf(type);
    return sets.flatMap(([zone, places]) => (places.has(place) ? [zone] : []));
  };
}
