import { MINUTES_PER_DAY, type Minutes } from '../../quantities.ts';
import type { CanaryDimension, Series } from './canary-measurement.ts';
import { compare, logs, mean, type Samples, type Sides, seriesOf, usualOf } from './compare.ts';
import { upTo } from './outcome.ts';

/** The fullest an instance may be expected to become; beyond it the kernel begins to kill. */
const MOST_USED = 0.9;
/** Where the old ones themselves come near it, a new one may use so much more than they will. */
const MORE_THAN_OLD = 0.05;
const LEAST_DEVIATION = 0.005;
/** What an instance fills first (caches, pools, code) is no leak: this part of the time does not count. */
const FILLING_SHARE = 1 / 3;
/** A line is not drawn further than so many times the time it was measured over, and no further than a day. */
const HORIZON_TIMES = 4;

/**
 * Memory in use as it will be: the level of now, and the growth against the old instances drawn on. Growth is taken in logarithms, so that half
 * the memory with the same work on it is twice the share and no growth; what load does to all of them cancels out.
 */
export const memory: CanaryDimension = {
  name: 'memory',
  isMeasured: (measurement) => seriesOf(measurement, 'memory') !== undefined,
  judge: ({ measurement, test, ...errors }) => {
    const series = seriesOf(measurement, 'memory');
    if (series === undefined) return { dimension: 'memory', outcome: 'not-measured' };
    const samples = expectedShares(series, measurement.intervalMinutes, test.leastIntervals);
    const found = compare(samples, LEAST_DEVIATION, errors);
    if (found === undefined) return { dimension: 'memory', outcome: 'unclear', limit: MOST_USED };
    const old = mean(samples.old);
    const limit = Math.max(MOST_USED, old + MORE_THAN_OLD);
    // The interval of a difference is wider than that of one mean: against a fixed limit it errs on the careful side.
    const measured = old + found.difference;
    return {
      dimension: 'memory',
      outcome: upTo(limit - old, found),
      measured,
      low: measured - found.toPass,
      high: measured + found.toPass,
      limit,
    };
  },
};

/** The share of its memory each instance will use; one with fewer values than `least` is no witness. */
function expectedShares({ old, fresh }: Sides, intervalMinutes: Minutes, least: number): Samples {
  const length = Math.min(...[...old, ...fresh].map((series) => series.length));
  const from = Math.floor(length * FILLING_SHARE);
  const intervals = Array.from({ length: length - from }, (_, i) => from + i);
  const usual = usualOf(old.map(logs), intervals);
  const ahead = Math.min(MINUTES_PER_DAY / intervalMinutes, HORIZON_TIMES * length);
  const expected = (series: Series): readonly number[] => {
    const growth = logs(series);
    const known = intervals.map((t, i) => ({ t, excess: growth[t]! - usual[i]! }));
    const points = known.filter(({ excess }) => !Number.isNaN(excess));
    if (points.length < least) return [];
    const level = mean(points.map(({ t }) => series[t]!));
    const middle = mean(points.map(({ t }) => t));
    return [level * Math.max(0, 1 + slopeOf(points) * (length - middle + ahead))];
  };
  return { old: old.flatMap(expected), fresh: fresh.flatMap(expected) };
}

/** Least squares, per interval. */
function slopeOf(points: readonly { readonly t: number; readonly excess: number }[]): number {
  const middle = mean(points.map(({ t }) => t));
  const level = mean(points.map(({ excess }) => excess));
  let covariance = 0;
  let variance = 0;
  for (const { t, excess } of points) {
    covariance += (t - middle) * (excess - level);
    variance += (t - middle) ** 2;
  }
  return variance === 0 ? 0 : covariance / variance;
}
