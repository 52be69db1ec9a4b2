/** From this utilisation on the metric shows what the group could serve, not what was asked of it. */
const SATURATED = 0.995;

/**
 * Visible demand with the stretches in which the group was saturated raised to what was plausibly asked: the first
 * demand seen after the stretch, from its beginning on. A saturated metric is only a lower bound, and learning it as
 * truth makes every strategy look as if it had sufficed. A stretch that is not over yet keeps what was seen.
 * `visible` in capacity units and `inService` in instances, both per minute; a new array is given.
 */
export function uncensored(visible: Float64Array, inService: ArrayLike<number>): Float64Array {
  const demand = visible.slice();
  let first = -1;
  for (let i = 0; i < demand.length; i++) {
    if (isSaturated(visible[i]!, inService[i]!)) {
      if (first < 0) first = i;
      continue;
    }
    for (let j = first; first >= 0 && j < i; j++) demand[j] = Math.max(demand[j]!, demand[i]!);
    first = -1;
  }
  return demand;
}

/** Whether a group of `inService` instances that shows this demand (capacity units) had nothing left. */
export function isSaturated(visible: number, inService: number): boolean {
  return inService > 0 && visible >= SATURATED * inService;
}
