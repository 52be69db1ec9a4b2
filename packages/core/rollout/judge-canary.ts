import { studentQuantile } from './student-t.ts';

/** One instance over the measuring time: busy vCPUs per interval (CPU share x vCPUs), NaN where there is no datapoint. */
export type BusyVcpus = ArrayLike<number>;

export interface CanaryMeasurement {
  /** Instances of the old and of the new shape; all series cover the same intervals. */
  readonly old: readonly BusyVcpus[];
  readonly fresh: readonly BusyVcpus[];
  /** vCPUs of one instance: an interval in which one is full says nothing of its speed. */
  readonly vcpus: { readonly old: number; readonly fresh: number };
  /** Work per vCPU of the new type against the old one, as the table promised it. */
  readonly promised: number;
}

/** How sure a judgement has to be. */
export interface CanaryTest {
  /** Probability that any of the looks is wrong, at most. */
  readonly error: number;
  /** How many looks are taken in all; the error is divided among them (Bonferroni), so that looking often proves nothing. */
  readonly looks: number;
  /** By what share less than promised the new type may do and still counts as keeping its promise. */
  readonly margin: number;
  /** Intervals that count, at the least. */
  readonly leastIntervals: number;
  /** CPU share below which an interval does not count: an idle instance is busy with itself. */
  readonly leastCpu: number;
}

export const DEFAULT_CANARY_TEST: CanaryTest = {
  error: 0.05,
  looks: 4,
  margin: 0.1,
  leastIntervals: 12,
  leastCpu: 0.05,
};

/** What a look says. `undecided`: not wrong, not proved; another look may say more. */
export interface CanaryJudgement {
  readonly verdict: 'better' | 'same' | 'worse' | 'undecided';
  /** Work per vCPU of the new type against the old one: estimate and confidence interval; absent without enough data. */
  readonly factor?: { readonly estimate: number; readonly low: number; readonly high: number };
  /** Confidence of this look's interval, 0 … 1. */
  readonly confidence: number;
  readonly intervals: number;
}

/** No instances are as equal as a quiet hour makes them look: standard deviation of the logarithm, at the least. */
const LEAST_DEVIATION = 0.005;
/** A vCPU as full as this has work waiting. */
const FULL = 0.98;

/**
 * Judges a canary by the busy vCPUs of each instance. All instances get the same share of the requests (S21), so in every interval the ratio of
 * busy vCPUs is the inverse ratio of speeds; the load of the interval cancels out. An instance is one observation: its mean log ratio to the old
 * instances' mean. The difference of the two groups has a pooled-variance t interval, which with one canary is Crawford and Howell's test of
 * a single case against a small sample (Clin. Neuropsychol. 12, 1998).
 */
export function judgeCanary(
  measurement: CanaryMeasurement,
  test: CanaryTest = DEFAULT_CANARY_TEST,
): CanaryJudgement {
  const { promised } = measurement;
  const confidence = 1 - test.error / test.looks;
  const counted = countedIntervals(measurement, test.leastCpu);
  const degrees = measurement.old.length + measurement.fresh.length - 2;
  if (counted.length < test.leastIntervals || degrees < 1 || measurement.fresh.length === 0) {
    return { verdict: 'undecided', confidence, intervals: counted.length };
  }
  const interval = logFactor(measurement, counted, { degrees, confidence });
  const factor = {
    estimate: Math.exp(interval.mean),
    low: Math.exp(interval.mean - interval.halfWidth),
    high: Math.exp(interval.mean + interval.halfWidth),
  };
  const least = promised * (1 - test.margin);
  const verdict =
    factor.high < least
      ? 'worse'
      : factor.low < least
        ? 'undecided'
        : factor.low > promised
          ? 'better'
          : 'same';
  return { verdict, factor, confidence, intervals: counted.length };
}

/** Intervals in which every instance reported, none was idle and none was full. */
function countedIntervals({ old, fresh, vcpus }: CanaryMeasurement, leastCpu: number): readonly number[] {
  const length = Math.min(...[...old, ...fresh].map((series) => series.length));
  const counts = (series: BusyVcpus, t: number, size: number): boolean =>
    series[t]! >= leastCpu * size && series[t]! < FULL * size;
  const counted: number[] = [];
  for (let t = 0; t < length; t++) {
    const all =
      old.every((series) => counts(series, t, vcpus.old)) &&
      fresh.every((series) => counts(series, t, vcpus.fresh));
    if (all) counted.push(t);
  }
  return counted;
}

function logFactor(
  { old, fresh }: CanaryMeasurement,
  counted: readonly number[],
  { degrees, confidence }: { degrees: number; confidence: number },
): { readonly mean: number; readonly halfWidth: number } {
  const usual = counted.map((t) => mean(old.map((series) => Math.log(series[t]!))));
  const ofInstance = (series: BusyVcpus): number =>
    mean(counted.map((t, i) => Math.log(series[t]!) - usual[i]!));
  const olds = old.map(ofInstance);
  const freshes = fresh.map(ofInstance);
  const pooled = Math.sqrt((squares(olds) + squares(freshes)) / degrees);
  const deviation = Math.max(LEAST_DEVIATION, pooled);
  const t = studentQuantile((1 + confidence) / 2, degrees);
  const halfWidth = t * deviation * Math.sqrt(1 / olds.length + 1 / freshes.length);
  // Fewer busy vCPUs for the same work is a faster one.
  return { mean: mean(olds) - mean(freshes), halfWidth };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squares(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}
