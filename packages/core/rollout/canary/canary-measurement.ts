import type { CanaryFinding } from '../../explain/shape-decisions.ts';
import type { Minutes } from '../../quantities.ts';

/** A value per interval, NaN where there is no datapoint. */
export type Series = ArrayLike<number>;

/** One instance over the measuring time; a series is absent where nobody measures it. */
export interface CanaryInstance {
  /** Passes its health checks now. */
  readonly healthy: boolean;
  /** CPU share 0 … 1. */
  readonly cpu: Series;
  /** Memory in use, 0 … 1. */
  readonly memory?: Series;
  readonly latencySeconds?: Series;
  /** Share of its requests that failed, 0 … 1. */
  readonly errorShare?: Series;
  /** Share of status checks that failed, 0 … 1. */
  readonly failedChecks?: Series;
}

export interface CanaryMeasurement {
  /** Instances of the old and of the new shape; all series cover the same intervals. */
  readonly old: readonly CanaryInstance[];
  readonly fresh: readonly CanaryInstance[];
  readonly intervalMinutes: Minutes;
  /** vCPUs of one instance. */
  readonly vcpus: { readonly old: number; readonly fresh: number };
  /** Work per vCPU of the new type against the old one, as the table promised it. */
  readonly promised: number;
  /** S21: every instance gets the same share of the requests; otherwise work per vCPU cannot be compared. */
  readonly equalShares: boolean;
}

/** How sure a judgement has to be, and what is still allowed. */
export interface CanaryTest {
  /**
   * Probability that any of the looks is wrong, at most: half of it for letting a canary through that is beyond a limit, half for condemning one
   * that is beyond none.
   */
  readonly error: number;
  /** How many looks are taken in all; the error is divided among them (Bonferroni), so that looking often proves nothing. */
  readonly looks: number;
  /** By what share less than promised the new type may do and still counts as keeping its promise. */
  readonly margin: number;
  /** By what share slower than the old ones' its answers may be. */
  readonly latencyMargin: number;
  /** By how much more of its requests may fail, as a share of all. */
  readonly errorMargin: number;
  /** Intervals that count, at the least. */
  readonly leastIntervals: number;
  /** CPU share below which an interval does not count: an idle instance is busy with itself. */
  readonly leastCpu: number;
}

export const DEFAULT_CANARY_TEST: CanaryTest = {
  error: 0.05,
  looks: 4,
  margin: 0.1,
  latencyMargin: 0.25,
  errorMargin: 0.01,
  leastIntervals: 12,
  leastCpu: 0.05,
};

/** What a dimension is judged with. */
export interface DimensionQuestion {
  readonly measurement: CanaryMeasurement;
  readonly test: CanaryTest;
  /** Intervals under load in which enough instances reported. */
  readonly counted: readonly number[];
  /** One-sided probabilities of being wrong at this look: of letting through, and of condemning. */
  readonly passError: number;
  readonly condemnError: number;
}

/** One way in which new instances can be compared with old ones. */
export interface CanaryDimension {
  readonly name: CanaryFinding['dimension'];
  /** Whether there is anything to judge by on both sides. */
  readonly isMeasured: (measurement: CanaryMeasurement) => boolean;
  readonly judge: (question: DimensionQuestion) => CanaryFinding;
}
