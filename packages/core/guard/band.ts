import { meanKnown } from '../demand/mean-known.ts';
import { type DemandSeries, seriesEnd } from '../demand/series.ts';
import type { Excuse } from '../explain/excuse.ts';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minute, type Minutes } from '../quantities.ts';

const HOURS = 24;
/** History behind the band: two weeks know both kinds of weekend and working day twice. */
const BAND_DAYS = 14;
/** Demand is outside its band below this share of the lowest seen around that time of day. */
const BAND_SHARE = 0.5;
/** A dip shorter than this is noise; the mean of this many minutes is compared. */
const BAND_MINUTES = 15;

/**
 * The lowest quarter-hour mean of demand in each hour of the day over the last 14 whole days: 24 values in capacity units.
 * @param values demand a minute, whole days from a day boundary on; NaN where missing
 */
export function lowestByHour(values: Float64Array): readonly number[] {
  const lowest = Array.from({ length: HOURS }, () => Number.POSITIVE_INFINITY);
  const from = Math.max(0, values.length - BAND_DAYS * MINUTES_PER_DAY);
  for (let start = from; start + BAND_MINUTES <= values.length; start += BAND_MINUTES) {
    const mean = meanKnown(values.subarray(start, start + BAND_MINUTES));
    const hour = hourOf(start);
    if (mean < lowest[hour]!) lowest[hour] = mean;
  }
  return lowest.map((value) => (Number.isFinite(value) ? value : 0));
}

/**
 * S6: demand has left its band downwards where its last quarter of an hour is below half of the lowest seen around this
 * time of day (this hour and its neighbours). Undefined while it is inside, while nothing is known of the band, and where
 * the band reaches down to nothing. The next review learns the new level, so a fall that is real is held for a day at most.
 */
export function belowBand(
  demand: DemandSeries,
  lowest: readonly number[],
  learnedAt: Minute,
): Excuse | undefined {
  const { now, usual } = againstBand(demand, lowest, learnedAt);
  if (!(now < BAND_SHARE * usual)) return undefined;
  const facts = { value: Number(now.toFixed(2)), usual: Number(usual.toFixed(2)) };
  return { code: 'anomaly', bottleneck: 'demand', facts };
}

/**
 * S6: what is served while demand is below its band, in capacity units: the lowest of the hours until `lead` minutes from
 * now. What vanished all at once comes back all at once, with what waited meanwhile. 0 while demand is inside its band.
 */
export function servedBelowBand(
  demand: DemandSeries,
  profile: { readonly lowest?: readonly number[]; readonly learnedAt: Minute; readonly lead: Minutes },
): number {
  const { lowest = [], learnedAt, lead } = profile;
  const { now, usual } = againstBand(demand, lowest, learnedAt);
  if (!(now < BAND_SHARE * usual)) return 0;
  const end = seriesEnd(demand) - learnedAt;
  return Math.max(lowest[hourOf(end)]!, lowest[hourOf(end + lead)]!);
}

/** The last quarter of an hour and the lowest seen around its time of day; NaN where either is not known. */
function againstBand(
  demand: DemandSeries,
  lowest: readonly number[],
  learnedAt: Minute,
): { readonly now: number; readonly usual: number } {
  if (lowest.length !== HOURS) return { now: Number.NaN, usual: Number.NaN };
  const now = meanKnown(demand.values.subarray(Math.max(0, demand.values.length - BAND_MINUTES)));
  const hour = hourOf(seriesEnd(demand) - 1 - learnedAt);
  const around = [hour + HOURS - 1, hour, hour + 1].map((each) => lowest[each % HOURS]!);
  return { now, usual: Math.min(...around) };
}

/** Hour of the day of a minute counted from a day boundary; also of minutes before it. */
function hourOf(minute: number): number {
  const inDay = ((minute % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return Math.floor(inDay / MINUTES_PER_HOUR);
}
