import type { CanaryMeasurement, DimensionQuestion, Series } from './canary-measurement.ts';
import { studentQuantile } from './student-t.ts';

/** One number per instance. */
export interface Samples {
  readonly old: readonly number[];
  readonly fresh: readonly number[];
}

/** How far the new instances are above the old ones, and how sure that is, one-sided each way. */
export interface Comparison {
  readonly difference: number;
  /** What has to lie between the difference and a limit to let a canary through, and to condemn it. */
  readonly toPass: number;
  readonly toCondemn: number;
}

/**
 * The difference of two groups of instances with its pooled-variance t interval. An instance is one observation: minutes of one instance are
 * not independent of each other. With one canary this is Crawford and Howell's test of a single case against a small sample (Clin.
 * Neuropsychol. 12, 1998). Undefined without a degree of freedom.
 * @param leastDeviation no instances are as equal as a quiet hour makes them look: the standard deviation is at least this
 */
export function compare(
  { old, fresh }: Samples,
  leastDeviation: number,
  { passError, condemnError }: Pick<DimensionQuestion, 'passError' | 'condemnError'>,
): Comparison | undefined {
  const degrees = old.length + fresh.length - 2;
  if (degrees < 1 || old.length === 0 || fresh.length === 0) return undefined;
  const pooled = Math.sqrt((squares(old) + squares(fresh)) / degrees);
  const error = Math.max(leastDeviation, pooled) * Math.sqrt(1 / old.length + 1 / fresh.length);
  return {
    difference: mean(fresh) - mean(old),
    toPass: error * studentQuantile(1 - passError, degrees),
    toCondemn: error * studentQuantile(1 - condemnError, degrees),
  };
}

/** The same series of old and of new instances. */
export interface Sides {
  readonly old: readonly Series[];
  readonly fresh: readonly Series[];
}

/** A series of each instance, or undefined where either side has none. */
export function seriesOf(
  { old, fresh }: CanaryMeasurement,
  field: 'memory' | 'latencySeconds' | 'errorShare',
): Sides | undefined {
  const pick = (all: CanaryMeasurement['old']): readonly Series[] =>
    all.map((instance) => instance[field]).filter((series) => series !== undefined);
  const picked = { old: pick(old), fresh: pick(fresh) };
  return picked.old.length > 0 && picked.fresh.length > 0 ? picked : undefined;
}

/** The mean of the series in each of the intervals, in their order; NaN where none has a value. */
export function usualOf(all: readonly Series[], intervals: readonly number[]): Float64Array {
  return Float64Array.from(intervals, (t) => {
    let sum = 0;
    let known = 0;
    for (const series of all) {
      const value = series[t]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      known += 1;
    }
    return sum / known;
  });
}

/** Mean of each instance against the old ones' mean, so that what all share cancels out; with fewer values than `least` it is no witness. */
export function meansAgainstUsual(
  { old, fresh }: Sides,
  intervals: readonly number[],
  least: number,
): Samples {
  const usual = usualOf(old, intervals);
  const ofEach = (all: readonly Series[]) =>
    all.flatMap((series) => {
      const values = intervals.map((t, i) => series[t]! - usual[i]!).filter((value) => !Number.isNaN(value));
      return values.length >= least ? [mean(values)] : [];
    });
  return { old: ofEach(old), fresh: ofEach(fresh) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squares(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

/** The natural logarithm of each value; NaN where there is none. */
export function logs(series: Series): Float64Array {
  return Float64Array.from(series, (value) => (value > 0 ? Math.log(value) : Number.NaN));
}
