import type { CatalogEntry, Price, SpotMarket } from '@evenkeel/core/shape';
import {
  ESTIMATED,
  INTERRUPTION_BANDS,
  NO_SPOT,
  NOT_OFFERED,
  QUOTED_LETTERS,
  roundPrice,
  SCALED,
  UNPRICED,
} from './format.ts';
import type { ReferencedType } from './read-facts.ts';

/** What one region offers, and the day of the oldest source that quotes its prices. */
export interface RegionOffer {
  readonly entries: readonly CatalogEntry[];
  readonly pricesAsOf: string;
}

/**
 * Reads one region's compact text (format.ts) against the facts.
 * @param spotAsOf the day of the Spot figures
 */
export function readRegion(
  text: string,
  facts: ReadonlyMap<string, readonly ReferencedType[]>,
  spotAsOf: string,
): RegionOffer {
  const [head = '', ...lines] = text.split('\n');
  const dates = head.split(',');
  const entries = lines.flatMap((line) => readFamily(line, facts, { dates, spotAsOf }));
  return { entries, pricesAsOf: dates[0] ?? '' };
}

interface Dates {
  readonly dates: readonly string[];
  readonly spotAsOf: string;
}

function readFamily(
  line: string,
  facts: ReadonlyMap<string, readonly ReferencedType[]>,
  dates: Dates,
): readonly CatalogEntry[] {
  const [family = '', base = '', exceptions = '', spot = ''] = line.split('|');
  const own = new Map(
    exceptions.split(',').map((text): readonly [number, string] => {
      const [index, value = ''] = text.split('=');
      return [Number(index), value];
    }),
  );
  return (facts.get(family) ?? []).flatMap((each, index) => {
    const text = exceptions === '' ? undefined : own.get(index);
    if (text === NOT_OFFERED) return [];
    const price = text === undefined ? followBase(base, each.referencePrice, dates) : ownPrice(text, dates);
    const market = readSpot(spot.slice(index * 3, index * 3 + 3), dates.spotAsOf);
    return [{ type: each.type, ...(price && { price }), ...(market && { spot: market }) }];
  });
}

function followBase(base: string, reference: number | undefined, dates: Dates): Price | undefined {
  if (base === '' || reference === undefined) return undefined;
  return priced(base[0]!, roundPrice(reference * Number(base.slice(1))), dates);
}

function ownPrice(text: string, dates: Dates): Price | undefined {
  return text === UNPRICED ? undefined : priced(text[0]!, Number(text.slice(1)), dates);
}

function priced(letter: string, usdPerHour: number, { dates }: Dates): Price {
  if (letter === SCALED) return { usdPerHour, trust: 'scaled', asOf: dates[0] ?? '' };
  if (letter === ESTIMATED) return { usdPerHour, trust: 'estimated', asOf: dates[0] ?? '' };
  return { usdPerHour, trust: 'quoted', asOf: dates[QUOTED_LETTERS.indexOf(letter)] ?? dates[0] ?? '' };
}

function readSpot(text: string, asOf: string): SpotMarket | undefined {
  if (text === '' || text === NO_SPOT) return undefined;
  const band = INTERRUPTION_BANDS[Number(text[2])];
  return { discount: Number(text.slice(0, 2)) / 100, ...(band && { interrupted: band }), asOf };
}
