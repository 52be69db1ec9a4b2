import type { Minute } from '../quantities.ts';

/**
 * Visible demand of one group, one value a minute in capacity units, oldest first; NaN where no datapoint was read.
 * `values[i]` belongs to minute `start + i`.
 */
export interface DemandSeries {
  readonly start: Minute;
  readonly values: Float64Array;
  /** Instances in service in the same minutes, where they were read: tells a saturated group from a served one. */
  readonly inService?: ArrayLike<number>;
}

/** The minute after the last one of the series. */
export function seriesEnd(series: DemandSeries): Minute {
  return (series.start + series.values.length) as Minute;
}

/** The value of a minute, NaN outside the series. */
export function valueAt(series: DemandSeries, at: Minute): number {
  return series.values[at - series.start] ?? Number.NaN;
}

/** The part of the series from `from` up to but not including `to`, padded with NaN where the series does not reach. */
export function sliceSeries(series: DemandSeries, from: Minute, to: Minute): DemandSeries {
  const values = new Float64Array(Math.max(0, to - from)).fill(Number.NaN);
  const first = Math.max(from, series.start);
  const last = Math.min(to, seriesEnd(series));
  if (last > first) {
    values.set(series.values.subarray(first - series.start, last - series.start), first - from);
  }
  return { start: from, values };
}
