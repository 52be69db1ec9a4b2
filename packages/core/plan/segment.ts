import type { Instances, Minute } from '../quantities.ts';

/** A stretch of time with one floor, up to the start of the next segment; without a floor Evenkeel stays out of it. */
export interface Segment {
  readonly start: Minute;
  readonly floor: Instances | undefined;
  /** The highest floor that is allowed all the time of the segment. */
  readonly max: Instances;
}

/** Joins every segment that goes on with the floor before it to that one. */
export function joinEqual(segments: readonly Segment[]): readonly Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const before = joined.at(-1);
    if (before === undefined || before.floor !== segment.floor) joined.push(segment);
    else if (segment.max < before.max) joined[joined.length - 1] = { ...before, max: segment.max };
  }
  return joined;
}

/**
 * Brings the number of segments down to `most` by merging neighbours under their upper envelope, each time the two that
 * add the fewest instance-minutes. Segments that begin before `exactUntil` are left as they are, and so are those
 * without a floor; no merged floor exceeds the maximum of any of its parts. Where nothing can be merged any more, more
 * than `most` are left.
 * @param end the minute the last segment ends
 */
export function mergeSegments(
  segments: readonly Segment[],
  options: { readonly most: number; readonly exactUntil: Minute; readonly end: Minute },
): readonly Segment[] {
  const merged = [...joinEqual(segments)];
  while (merged.length > Math.max(options.most, 1)) {
    const at = cheapestMerge(merged, options.exactUntil, options.end);
    if (at === undefined) break;
    const [first, second] = [merged[at]!, merged[at + 1]!];
    const floor = Math.max(first.floor ?? 0, second.floor ?? 0);
    merged.splice(at, 2, { start: first.start, floor, max: Math.min(first.max, second.max) });
    // The envelope may now equal a neighbour.
    merged.splice(0, merged.length, ...joinEqual(merged));
  }
  return merged;
}

/** The index of the segment that costs least to merge with the one after it; undefined where none may be merged. */
function cheapestMerge(segments: readonly Segment[], exactUntil: Minute, end: Minute): number | undefined {
  let best: number | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < segments.length; i++) {
    const [first, second] = [segments[i]!, segments[i + 1]!];
    if (first.start < exactUntil || first.floor === undefined || second.floor === undefined) continue;
    if (Math.max(first.floor, second.floor) > Math.min(first.max, second.max)) continue;
    const lower = first.floor < second.floor ? second.start - first.start : lengthOf(segments, i + 1, end);
    const cost = Math.abs(first.floor - second.floor) * lower;
    if (cost < bestCost) [best, bestCost] = [i, cost];
  }
  return best;
}

function lengthOf(segments: readonly Segment[], i: number, end: Minute): number {
  return (segments[i + 1]?.start ?? end) - segments[i]!.start;
}
