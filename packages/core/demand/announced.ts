import { MINUTES_PER_DAY, type Minute } from '../quantities.ts';
import type { DemandSeries } from './series.ts';

/** Demand that was announced as a multiple of the usual, from a minute on and until (not including) another. */
export interface Announced {
  readonly from: Minute;
  readonly until: Minute;
  /** At least 1. */
  readonly factor: number;
}

/**
 * A series as it would have been without what was announced, so that a sale is not learned as the usual and an announced
 * factor does not multiply demand that has risen by it already. In announced minutes it is what is usual there, but no less
 * than the value divided by the factor and no more than the value: right where all of the announced came, where none of it
 * did, and in between. Where nothing is usual yet (NaN) the minute is left out.
 * @param usualAt what is usual in a minute, capacity units
 */
export function withoutAnnounced(
  series: DemandSeries,
  announced: readonly Announced[],
  usualAt: (minute: Minute) => number,
): DemandSeries {
  const factors = factorsOf(series, announced);
  if (factors === undefined) return series;
  const { start, inService } = series;
  const values = series.values.slice();
  const sizes = inService && Float64Array.from(inService);
  for (const [i, value] of series.values.entries()) {
    if (factors[i] === 1) continue;
    const without = Math.min(value, Math.max(value / factors[i]!, usualAt((start + i) as Minute)));
    values[i] = without;
    // As busy as it was: a saturated group still shows as one.
    if (sizes && value > 0 && !Number.isNaN(without)) sizes[i] = sizes[i]! * (without / value);
  }
  return { ...series, values, ...(sizes && { inService: sizes }) };
}

/** The same weekday comes first, then yesterday; then weeks and days farther back. */
const LOOK_BACK_DAYS = [7, 1, 14, 2, 21, 3] as const;

/** What is usual in a minute of a history: the same time of the nearest known day for which nothing was announced; NaN where none is. */
export function usualIn(series: DemandSeries, announced: readonly Announced[]): (minute: Minute) => number {
  const factors = factorsOf(series, announced);
  return (minute) => {
    for (const days of LOOK_BACK_DAYS) {
      const i = minute - days * MINUTES_PER_DAY - series.start;
      const value = series.values[i];
      if (value !== undefined && !Number.isNaN(value) && (factors?.[i] ?? 1) === 1) return value;
    }
    return Number.NaN;
  };
}

/** The largest factor announced for each minute of the series, 1 where nothing was; undefined where nothing was at all. */
function factorsOf(
  { start, values }: DemandSeries,
  announced: readonly Announced[],
): Float64Array | undefined {
  let factors: Float64Array | undefined;
  for (const { from, until, factor } of announced) {
    const first = Math.max(0, from - start);
    const end = Math.min(values.length, until - start);
    if (end > first) factors ??= new Float64Array(values.length).fill(1);
    for (let i = first; i < end; i++) factors![i] = Math.max(factors![i]!, factor);
  }
  return factors;
}
