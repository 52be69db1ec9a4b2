import { DIMENSIONS, type DimensionName } from './dimensions/index.ts';
import { type DriftModel, levelDrift } from './level-drift.ts';
import { createLoadCurve, type LoadCurve } from './load-curve.ts';
import { checkedHistory, type ShapeHistory } from './shape-history.ts';

/** One dimension of the future: the history's own distribution, and by how much its level may be another in each plausible future. */
export interface FutureLoad {
  readonly dimension: DimensionName;
  readonly curve: LoadCurve;
  /** What the load is multiplied by, one factor per future; the same index is the same future in every dimension. */
  readonly factors: Float64Array;
  readonly drift: number;
}

/** Plausible futures of a group, equally likely. */
export interface Futures {
  readonly count: number;
  readonly loads: readonly FutureLoad[];
}

/** How far the future may be from the history. */
export interface FutureModel {
  /** How many futures are looked at. */
  readonly count: number;
  readonly drift: DriftModel;
  /** Share of futures in which a dimension jumps up instead of drifting (a new release, another team's import). */
  readonly jumpShare: number;
  /** Mean logarithm of such a jump. */
  readonly jumpSize: number;
}

/** Middle of a plateau on cuts of the traces forwards and backwards, machines mixed from several, and demand traces (decision 0004). */
export const DEFAULT_FUTURE_MODEL: FutureModel = {
  count: 64,
  drift: { cuts: [4, 7], mostPerPair: 0.3, least: 0.01, distance: 1 },
  jumpShare: 0.03,
  jumpSize: 0.3,
};

/**
 * What the weeks to come may look like, by what this history itself shows: the load keeps its distribution, its level drifts as far as it
 * drifted within the history (levelDrift), and now and then jumps up. Deterministic: the factors are a Halton sequence, a base per dimension.
 */
export function futuresOf(
  history: ShapeHistory,
  lossFactor: number,
  model: FutureModel = DEFAULT_FUTURE_MODEL,
): Futures {
  const checked = checkedHistory(history);
  const loads = DIMENSIONS.flatMap((dimension, index): readonly FutureLoad[] => {
    const load = dimension.loadOf(checked);
    if (!load) return [];
    const drift = levelDrift(load, { breach: dimension.breach, lossFactor, model: model.drift });
    const factors = Float64Array.from({ length: model.count }, (_, i) =>
      factorAt(halton(i + 1, BASES[index]!), drift, model),
    );
    return [{ dimension: dimension.name, curve: createLoadCurve(load), factors, drift }];
  });
  return { count: model.count, loads };
}

/** The first primes: one base per dimension keeps them independent of each other. */
const BASES = [2, 3, 5, 7, 11] as const;

function factorAt(uniform: number, drift: number, { jumpShare, jumpSize }: FutureModel): number {
  if (uniform < jumpShare) return Math.exp(-jumpSize * Math.log(uniform / jumpShare));
  return Math.exp(drift * normalQuantile((uniform - jumpShare) / (1 - jumpShare)));
}

/** Tukey's lambda with 0.14, within 0.01 of the normal quantile where it matters here (0.005 … 0.995). */
function normalQuantile(p: number): number {
  return 4.91 * (p ** 0.14 - (1 - p) ** 0.14);
}

/** The radical inverse of a whole number above 0: its digits mirrored behind the point; strictly between 0 and 1. */
function halton(index: number, base: number): number {
  let result = 0;
  let digit = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    result += digit * (rest % base);
    digit /= base;
  }
  return result;
}
