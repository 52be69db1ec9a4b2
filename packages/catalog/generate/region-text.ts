import { NO_SPOT, NOT_OFFERED, REFERENCE_REGION, roundPrice, UNKNOWN_BAND, UNPRICED } from '../format.ts';
import { familiesOf } from './facts-text.ts';
import { priceOf, quotedSources, type RawPrice } from './price-of.ts';
import type { RawData, RawType } from './raw-data.ts';

/** Prices and Spot of one region in the compact format: a line with the dates of its quoted sources, then one per family. */
export function regionText(region: string, raw: RawData): string {
  const prices = raw.regions[region];
  if (!prices) throw new RangeError(`no prices for ${region}`);
  const dates = quotedSources(prices).map((source) => raw.priceSources[source]?.asOf.slice(0, 10) ?? '');
  const lines = [...familiesOf(raw)].map(([family, types]) => familyLine(family, types, region, raw));
  return [
    dates.map((date) => date.split(' ')[0]).join(','),
    ...lines.filter((line) => line !== undefined),
  ].join('\n');
}

function familyLine(
  family: string,
  types: readonly RawType[],
  region: string,
  raw: RawData,
): string | undefined {
  const prices = raw.regions[region]!;
  const here = types.map((type) => priceOf(type.name, prices));
  if (here.every((price) => price === undefined)) return undefined;
  const there = types.map((type) => priceOf(type.name, raw.regions[REFERENCE_REGION]!)?.usdPerHour);
  const base = commonBase(here, there);
  const exceptions = types.flatMap((_, index) => exceptionAt(index, here[index], there[index], base));
  const spot = types.map((type) => spotText(type.name, region, raw)).join('');
  const fields = [family, base ? `${base.trust}${base.ratio}` : '', exceptions.join(','), trimSpot(spot)];
  return fields.join('|').replace(/\|+$/, '');
}

interface Base {
  readonly trust: string;
  readonly ratio: number;
}

/** The trust and ratio to the reference region that the most sizes share. */
function commonBase(
  here: readonly (RawPrice | undefined)[],
  there: readonly (number | undefined)[],
): Base | undefined {
  let best: Base | undefined;
  let most = 0;
  for (const [index, price] of here.entries()) {
    const reference = there[index];
    if (price?.usdPerHour === undefined || reference === undefined) continue;
    for (const digits of [4, 6, 8]) {
      const base = { trust: price.trust, ratio: Number((price.usdPerHour / reference).toFixed(digits)) };
      const follow = here.filter((other, i) => follows(other, there[i], base)).length;
      if (follow > most) [best, most] = [base, follow];
    }
  }
  return best;
}

function follows(price: RawPrice | undefined, reference: number | undefined, base: Base): boolean {
  if (price?.usdPerHour === undefined || reference === undefined || price.trust !== base.trust) return false;
  return roundPrice(reference * base.ratio) === roundPrice(price.usdPerHour);
}

function exceptionAt(
  index: number,
  price: RawPrice | undefined,
  reference: number | undefined,
  base: Base | undefined,
): readonly string[] {
  if (price === undefined) return [`${index}=${NOT_OFFERED}`];
  if (price.usdPerHour === undefined) return [`${index}=${UNPRICED}`];
  if (base && follows(price, reference, base)) return [];
  return [`${index}=${price.trust}${roundPrice(price.usdPerHour)}`];
}

/** The advisor's figure, else the median of the sampled zones, else nothing. */
function spotText(type: string, region: string, raw: RawData): string {
  const advice = raw.advisor[region]?.[type];
  if (advice) return `${twoDigits(advice[0])}${advice[1]}`;
  const sample = raw.sample.find((row) => row.type === type && row.region === region);
  return sample ? `${twoDigits(sample.medianDiscountPercent)}${UNKNOWN_BAND}` : NO_SPOT;
}

function twoDigits(percent: number): string {
  return String(Math.min(99, Math.max(0, Math.round(percent)))).padStart(2, '0');
}

function trimSpot(spot: string): string {
  return spot.replace(/(?:\.\.\.)+$/, '');
}
