import type { Candidate } from '../candidate.ts';
import { DIMENSIONS, type Dimension, type LimitContext } from '../dimensions/index.ts';
import type { FutureLoad, Futures } from '../futures.ts';
import { meanBreach } from '../load-curve.ts';
import type { CostOf } from './shape-cost.ts';

/**
 * What candidates are expected to cost over plausible futures: price x exp(mean over futures of log(1 + loss factor x shortage)). The mean of
 * the logarithm, because what is judged in the end is how many times dearer than the best a choice was: one future in which nothing would have
 * helped must not buy margin in all the others. The shortages of the dimensions are added, an upper bound of their largest.
 */
export function expectedCost(futures: Futures, lossFactor: number, context: LimitContext): CostOf {
  const loads = futures.loads.map((load) => createBreaches(load, context));
  return (candidate) => {
    const breaches = loads.map((load) => load(candidate));
    let logs = 0;
    for (let i = 0; i < futures.count; i++) {
      let shortage = 0;
      for (const { perFuture } of breaches) shortage += perFuture[i]!;
      logs += Math.log(1 + lossFactor * shortage);
    }
    const price = candidate.count * candidate.usdPerInstanceHour;
    return {
      riskAdjustedUsd: price * Math.exp(logs / futures.count),
      breaches: breaches.map(({ dimension, mean }) => ({ dimension, mean })),
    };
  };
}

interface Breaches {
  readonly dimension: FutureLoad['dimension'];
  readonly perFuture: Float64Array;
  readonly mean: number;
}

/** The breach of one dimension in every future, remembered by limit: sizes and counts of a family share most limits. */
function createBreaches(future: FutureLoad, context: LimitContext): (candidate: Candidate) => Breaches {
  const dimension = DIMENSIONS.find(({ name }) => name === future.dimension)!;
  const known = new Map<number, Breaches>();
  return ({ entry, count }) => {
    const limit = dimension.limitOf(entry.type, count, context) ?? 0;
    const before = known.get(limit);
    if (before) return before;
    const breaches = breachesAt(limit, future, dimension);
    known.set(limit, breaches);
    return breaches;
  };
}

function breachesAt(limit: number, future: FutureLoad, dimension: Dimension): Breaches {
  const perFuture = future.factors.map((factor) =>
    meanBreach(future.curve, limit / factor, dimension.breach),
  );
  const mean = perFuture.reduce((sum, breach) => sum + breach, 0) / perFuture.length;
  return { dimension: dimension.name, perFuture, mean };
}
