import type { CatalogEntry } from '@evenkeel/core/shape';
import type { Catalog } from './catalog.ts';
import type { LiveFacts } from './live-facts.ts';

/** One figure of the catalogue that the live one contradicts. */
export interface Drift {
  readonly type: string;
  readonly figure: 'vcpus' | 'memoryGiB' | 'price' | 'spot-discount' | 'unknown-type' | 'no-longer-offered';
  readonly catalog?: number;
  readonly live?: number;
}

/** Below these differences two figures count as equal: rounding of prices, the daily noise of Spot. */
const TOLERANCE = { price: 0.001, memoryGiB: 0.01, spotDiscount: 0.1 } as const;

/** Where live facts contradict a catalogue, in order of type. Live facts that were not fetched contradict nothing. */
export function driftOf(catalog: Catalog, live: LiveFacts): readonly Drift[] {
  const known = new Map(catalog.entries.map((entry) => [entry.type.name, entry]));
  const unknown = [...live.types.keys()].filter((name) => !known.has(name));
  const drifts = [
    ...unknown.map((type): Drift => ({ type, figure: 'unknown-type' })),
    ...catalog.entries.flatMap((entry) => driftOfEntry(entry, live)),
  ];
  return drifts.sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
}

function driftOfEntry(entry: CatalogEntry, live: LiveFacts): readonly Drift[] {
  const { name } = entry.type;
  const fact = live.types.get(name);
  const price = live.prices.get(name);
  const spot = live.spotPrices.get(name);
  const found: Drift[] = [];
  const compare = (
    figure: Drift['figure'],
    ours: number | undefined,
    theirs: number | undefined,
    off: number,
  ) => {
    if (ours === undefined || theirs === undefined || Math.abs(ours - theirs) <= off) return;
    found.push({ type: name, figure, catalog: ours, live: theirs });
  };
  if (live.typesComplete && !fact) found.push({ type: name, figure: 'no-longer-offered' });
  compare('vcpus', entry.type.vcpus, fact?.vcpus, 0);
  compare('memoryGiB', entry.type.memoryGiB, fact?.memoryGiB, TOLERANCE.memoryGiB);
  compare('price', entry.price?.usdPerHour, price, TOLERANCE.price * (price ?? 0));
  const onDemand = price ?? entry.price?.usdPerHour;
  const discount = spot !== undefined && onDemand ? 1 - spot / onDemand : undefined;
  compare('spot-discount', entry.spot?.discount, discount, TOLERANCE.spotDiscount);
  return found;
}
