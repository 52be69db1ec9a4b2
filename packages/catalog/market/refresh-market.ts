import type { Instant } from '@evenkeel/core/quantities';
import type { Documents } from '@evenkeel/engine/ports';
import { type FetchedMarket, toLiveFacts } from '../catalogues.ts';
import { type Drift, driftOf } from '../drift.ts';
import { loadCatalog } from '../load-catalog.ts';
import { type KeptMarket, keptMarketOf, MARKETS } from './kept-market.ts';

/** Asks AWS for one part of a region's market each; pages and all. */
export interface MarketSource {
  types(): Promise<NonNullable<FetchedMarket['types']>>;
  priceList(): Promise<NonNullable<FetchedMarket['priceList']>>;
  spotPrices(): Promise<NonNullable<FetchedMarket['spotPrices']>>;
  offerings(): Promise<NonNullable<FetchedMarket['offerings']>>;
}

export interface MarketRefresh {
  readonly region: string;
  readonly documents: Pick<Documents, 'read' | 'write'>;
  readonly source: MarketSource;
  readonly now: Instant;
  /** Asks even where somebody did so today. */
  readonly force?: boolean;
}

export type MarketReport =
  /** Somebody asked today already. */
  | { readonly kind: 'fresh'; readonly kept: KeptMarket }
  | {
      readonly kind: 'refreshed';
      readonly kept: KeptMarket;
      /** Where the snapshot that ships with Evenkeel is contradicted. */
      readonly drifts: readonly Drift[];
      readonly failures: readonly MarketFailure[];
    }
  /** Nothing could be read: the figures of before stand. It is tried again the next day. */
  | { readonly kind: 'failed'; readonly failures: readonly MarketFailure[] };

export interface MarketFailure {
  readonly part: keyof MarketSource;
  readonly message: string;
}

const PARTS: readonly (keyof MarketSource)[] = ['types', 'priceList', 'spotPrices', 'offerings'];

/** Reads a region's market once a day and keeps it; a part that cannot be read is the snapshot's for that day. */
export async function refreshMarket(refresh: MarketRefresh): Promise<MarketReport> {
  const { region, documents, source, now, force = false } = refresh;
  const today = new Date(now).toISOString().slice(0, 'yyyy-mm-dd'.length);
  const before = await documents.read<KeptMarket>(MARKETS, region);
  if (before && !force && before.value.triedOn === today) return { kind: 'fresh', kept: before.value };
  const expected = before?.version ?? 0;
  const { fetched, failures } = await fetchParts(source, today);
  const catalog = await loadCatalog(region);
  if (failures.length === PARTS.length) {
    const standing = before?.value ?? nothing(today);
    await documents.write(MARKETS, region, { ...standing, triedOn: today }, { expected });
    return { kind: 'failed', failures };
  }
  const live = toLiveFacts(fetched, catalog);
  const drifts = driftOf(catalog, live);
  const offerings = fetched.offerings ?? new Map<string, ReadonlySet<string>>();
  const kept = keptMarketOf(catalog, { live, offerings, drift: countsOf(drifts) });
  // Where another process was faster, its figures of today stand.
  await documents.write(MARKETS, region, kept, { expected });
  return { kind: 'refreshed', kept, drifts, failures };
}

function nothing(asOf: string): KeptMarket {
  const none = { names: [], complete: false, facts: [], prices: {}, spot: {}, zones: {}, drift: {} };
  return { asOf, triedOn: asOf, ...none };
}

async function fetchParts(
  source: MarketSource,
  asOf: string,
): Promise<{ readonly fetched: FetchedMarket; readonly failures: readonly MarketFailure[] }> {
  const failures: MarketFailure[] = [];
  const part = async <Name extends keyof MarketSource>(name: Name) => {
    try {
      return { [name]: await source[name]() };
    } catch (error) {
      failures.push({ part: name, message: error instanceof Error ? error.message : String(error) });
      return {};
    }
  };
  // One after the other: a nightly errand need not hurry.
  const fetched: FetchedMarket = {
    asOf,
    ...(await part('types')),
    ...(await part('priceList')),
    ...(await part('spotPrices')),
    ...(await part('offerings')),
  };
  return { fetched, failures };
}

function countsOf(drifts: readonly Drift[]): KeptMarket['drift'] {
  const counts = new Map<string, number>();
  for (const { figure } of drifts) counts.set(figure, (counts.get(figure) ?? 0) + 1);
  return Object.fromEntries(counts);
}
