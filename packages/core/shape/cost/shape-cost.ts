import type { Instances } from '../../quantities.ts';
import type { Candidate, PricedEntry } from '../candidate.ts';
import type { DimensionName } from '../dimensions/index.ts';

/** What a candidate costs with its risk: the figure shapes are ranked by, and what it is made of. */
export interface ShapeCost {
  /** USD an hour: price x (1 + loss factor x shortage). Never below the price alone. */
  readonly riskAdjustedUsd: number;
  /** Expected shortage as a multiple of the capacity, by dimension; 0 where a dimension never runs out. */
  readonly breaches: readonly { readonly dimension: DimensionName; readonly mean: number }[];
}

/** Judges one candidate. */
export type CostOf = (candidate: Candidate) => ShapeCost;

/** How candidates of a group are judged: the static one of the benchmark and the replayed one of an autoscaled group are two of these. */
export interface ShapeEvaluation {
  readonly costOf: CostOf;
  /** The counts to try of a type, ascending. May be endless where `boundOf` rises with the count. */
  readonly countsOf: (entry: PricedEntry) => Iterable<Instances>;
  /** How many of a type there are on average, where that is not the count; the load of one follows from it. */
  readonly meanCountOf?: (entry: PricedEntry) => number;
  /** At most what `costOf` would say of this or any higher count of the type: the search ends where it passes the best. */
  readonly boundOf: (candidate: Candidate) => number;
  /** At most what `costOf` would say of this candidate, found faster; absent where nothing is faster. */
  readonly atLeast?: (candidate: Candidate) => number;
}

/** The dimension that would run out the most; undefined where none does. */
export function bottleneckOf(cost: ShapeCost): DimensionName | undefined {
  const worst = cost.breaches.reduce<ShapeCost['breaches'][number] | undefined>(
    (most, each) => (most === undefined || each.mean > most.mean ? each : most),
    undefined,
  );
  return worst && worst.mean > 0 ? worst.dimension : undefined;
}

/** Counts from `least` on, without end. */
export function* countsFrom(least: Instances): Iterable<Instances> {
  for (let count = least; ; count++) yield count;
}
