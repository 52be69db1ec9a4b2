import type { Instances } from '../../quantities.ts';
import { usdPerHour } from '../candidate.ts';
import type { LimitContext } from '../dimensions/index.ts';
import { DEFAULT_FUTURE_MODEL, type FutureModel, futuresOf } from '../futures.ts';
import type { ShapeHistory } from '../shape-history.ts';
import { expectedCost } from './expected-cost.ts';
import { hindsightBound, hindsightCost, type KnownLoad } from './hindsight-cost.ts';
import { LEAST_COUNT } from './least-after.ts';
import { type CostOf, countsFrom, type ShapeEvaluation } from './shape-cost.ts';

/** How many of `count` instances still serve when the zone with the most of them is gone; groups spread evenly over their zones. */
export function survivorsOf(count: Instances, zones: number): Instances {
  return zones > 1 ? count - Math.ceil(count / zones) : count;
}

export interface StaticQuestion {
  readonly history: ShapeHistory;
  readonly lossFactor: number;
  readonly context: LimitContext;
  /** Zones the group must be able to lose one of and stay within its limits; 0 or 1 where it need not. */
  readonly zonesAtRisk?: number;
  /** The fewest instances the owner allows. */
  readonly leastCount?: Instances;
  readonly model?: FutureModel;
}

/** Type and count for good, on plausible futures of a group's history: for a group whose size does not follow demand. */
export function staticEvaluation(question: StaticQuestion): ShapeEvaluation {
  const { history, lossFactor, context, zonesAtRisk = 0, leastCount = LEAST_COUNT } = question;
  const futures = futuresOf(history, lossFactor, question.model ?? DEFAULT_FUTURE_MODEL);
  const expected = expectedCost(futures, lossFactor, context);
  const least = Math.max(leastCount, zonesAtRisk > 1 ? 2 : 1);
  return {
    countsOf: () => countsFrom(least),
    boundOf: usdPerHour,
    costOf: zonesAtRisk > 1 ? withZoneLost(expected, zonesAtRisk) : expected,
  };
}

/** Judges what would serve with one zone gone, at the price of all: headroom for the loss is paid for all the time. */
function withZoneLost(costOf: CostOf, zones: number): CostOf {
  return (candidate) => {
    const serving = survivorsOf(candidate.count, zones);
    const cost = costOf({ ...candidate, count: serving });
    return { ...cost, riskAdjustedUsd: (cost.riskAdjustedUsd * candidate.count) / serving };
  };
}

/** The same on a load that is known from end to end. */
export function hindsightEvaluation(known: KnownLoad, lossFactor: number): ShapeEvaluation {
  return {
    countsOf: () => countsFrom(LEAST_COUNT),
    boundOf: usdPerHour,
    atLeast: hindsightBound(known, lossFactor),
    costOf: hindsightCost(known, lossFactor),
  };
}
