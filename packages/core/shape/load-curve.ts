import type { Dimension } from './dimensions/dimension.ts';

/** How much of a load lies above any limit: sorted once, then answered in the logarithm of its length. */
export interface LoadCurve {
  /** Ascending. */
  readonly sorted: Float64Array;
  /** Sum of `sorted` from each index on; one longer than `sorted`. */
  readonly sumFrom: Float64Array;
}

export function createLoadCurve(load: ArrayLike<number>): LoadCurve {
  const sorted = Float64Array.from(load).sort();
  const sumFrom = new Float64Array(sorted.length + 1);
  for (let i = sorted.length - 1; i >= 0; i--) sumFrom[i] = sumFrom[i + 1]! + sorted[i]!;
  return { sorted, sumFrom };
}

/** Share of samples above the limit, 0 … 1. */
export function shareAbove(curve: LoadCurve, limit: number): number {
  return (curve.sorted.length - countUpTo(curve.sorted, limit)) / curve.sorted.length;
}

/** Mean over all samples of max(0, load / limit - 1); infinite where the limit is zero and there is load, or not a number. */
export function meanExcess(curve: LoadCurve, limit: number): number {
  const { sorted, sumFrom } = curve;
  // A limit nobody knows holds nothing: on doubt capacity is too small.
  if (Number.isNaN(limit)) return Number.POSITIVE_INFINITY;
  const first = countUpTo(sorted, limit);
  if (first === sorted.length) return 0;
  return (sumFrom[first]! / Math.max(limit, 0) - (sorted.length - first)) / sorted.length;
}

/** What a limit costs in this dimension: the mean slowdown, or the share of samples in outage. */
export function meanBreach(curve: LoadCurve, limit: number, breach: Dimension['breach']): number {
  if (breach === 'slowdown') return meanExcess(curve, limit);
  return limit > 0 ? shareAbove(curve, limit) : 1;
}

/** How many samples are at most the limit. */
function countUpTo(sorted: Float64Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
