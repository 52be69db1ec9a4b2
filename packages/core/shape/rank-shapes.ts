import type { Candidate, PricedEntry } from './candidate.ts';
import type { ShapeCost, ShapeEvaluation } from './cost/shape-cost.ts';

/** A type at the count that suits it best. */
export interface RankedShape {
  readonly candidate: Candidate;
  readonly cost: ShapeCost;
}

/** A type that is dearer than the ranked ones at any count. */
export interface OutrankedShape {
  readonly entry: PricedEntry;
  /** It costs at least this, USD an hour, risk included. */
  readonly atLeastUsd: number;
}

export interface Ranking {
  /** Cheapest first, price and risk together. */
  readonly ranked: readonly RankedShape[];
  readonly outranked: readonly OutrankedShape[];
}

/**
 * What one of `count` instances (a mean need not be whole) costs as it would be bought, USD an hour (`instancePrice`). It may fall with the count (surplus credits), but
 * the price of all must not.
 */
export type PriceOf = (entry: PricedEntry, count: number) => number;

export interface RankOptions {
  readonly entries: readonly PricedEntry[];
  readonly evaluation: ShapeEvaluation;
  readonly priceOf: PriceOf;
  /** Up to how many times the best a type is still ranked; 1: the best alone matters. */
  readonly within: number;
}

/**
 * Finds the best count of every type and ranks the types by what they cost with their risk; equals by size. The order of `entries` changes
 * nothing. Of two types that hold the same, the cheaper one ranks ahead.
 */
export function rankShapes({ entries, evaluation, priceOf, within }: RankOptions): Ranking {
  const byPrice = entries.toSorted((a, b) => a.price.usdPerHour - b.price.usdPerHour);
  const found: Search[] = [];
  let best = Number.POSITIVE_INFINITY;
  for (const entry of byPrice) {
    const search = bestCount(entry, { evaluation, priceOf, ceiling: within * best * EQUAL });
    found.push(search);
    best = Math.min(best, search.best?.cost.riskAdjustedUsd ?? best);
  }
  return split(found, within * best * EQUAL);
}

/** What counts as the same cost. */
const EQUAL = 1 + 1e-9;

interface Search {
  readonly entry: PricedEntry;
  readonly best?: RankedShape;
  readonly atLeastUsd: number;
}

/** Tries the counts of one type until more of it cannot be better than its own best, nor come under the ceiling. */
function bestCount(
  entry: PricedEntry,
  { evaluation, priceOf, ceiling }: { evaluation: ShapeEvaluation; priceOf: PriceOf; ceiling: number },
): Search {
  let best: RankedShape | undefined;
  let limit = ceiling;
  let atLeastUsd = Number.POSITIVE_INFINITY;
  for (const count of evaluation.countsOf(entry)) {
    const candidate: Candidate = {
      entry,
      count,
      usdPerInstanceHour: priceOf(entry, evaluation.meanCountOf?.(entry) ?? count),
    };
    const bound = evaluation.boundOf(candidate);
    if (bound > limit) {
      atLeastUsd = Math.min(atLeastUsd, bound);
      break;
    }
    const least = evaluation.atLeast?.(candidate) ?? bound;
    const cost = least > limit ? undefined : evaluation.costOf(candidate);
    atLeastUsd = Math.min(atLeastUsd, cost?.riskAdjustedUsd ?? least);
    if (
      cost &&
      cost.riskAdjustedUsd <= limit &&
      !(best && rounded(cost.riskAdjustedUsd) > rounded(best.cost.riskAdjustedUsd))
    ) {
      best = { candidate, cost };
      limit = Math.min(limit, cost.riskAdjustedUsd * EQUAL);
    }
  }
  return best ? { entry, best, atLeastUsd } : { entry, atLeastUsd };
}

function split(found: readonly Search[], ceiling: number): Ranking {
  const ranked: RankedShape[] = [];
  const outranked: OutrankedShape[] = [];
  for (const { entry, best, atLeastUsd } of found) {
    if (best && best.cost.riskAdjustedUsd <= ceiling) ranked.push(best);
    else outranked.push({ entry, atLeastUsd });
  }
  return { ranked: ranked.sort(byCost), outranked };
}

/** Cheapest first; of equals the one with more, smaller instances, because less is gone when one of them fails; then by name. */
function byCost(a: RankedShape, b: RankedShape): number {
  const difference = rounded(a.cost.riskAdjustedUsd) - rounded(b.cost.riskAdjustedUsd);
  if (difference !== 0) return difference;
  const smaller = b.candidate.count - a.candidate.count;
  return smaller !== 0 ? smaller : a.candidate.entry.type.name < b.candidate.entry.type.name ? -1 : 1;
}

/** Costs that differ in the last digits of a sum are equal: 8 of one size and 4 of the double. */
function rounded(usd: number): number {
  return Number(usd.toPrecision(10));
}
