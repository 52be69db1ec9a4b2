import type { Excuse } from '../explain/excuse.ts';
import type { ScheduledAction } from '../plan/scheduled-action.ts';
import { isOurs } from '../plan/scheduled-action.ts';
import { ceilInstances, type Instances } from '../quantities.ts';
import { leastAfter } from '../shape/cost/least-after.ts';
import { MOST_OF_MAX_SIZE } from '../shape/shape-rules.ts';

/** Instances of nearly the same capacity need no conversion: rounding up is more than the difference. */
const SAME = 0.02;

/** S22: a number of old instances as new ones that carry at least as much; never none. */
export function convertInstances(count: Instances, ratio: number): Instances {
  if (count === 0) return 0;
  return Math.max(1, ceilInstances(isSameSize(ratio) ? count : count / ratio));
}

/** S22: the owner's minimum in new instances; the same least as a choice of shape counts with, so that what was promised is what is done. */
export function convertMinimum(
  min: Instances,
  { ratio, zonesAtRisk }: { readonly ratio: number; readonly zonesAtRisk: number },
): Instances {
  return isSameSize(ratio) ? min : leastAfter(min, { capacity: ratio, zonesAtRisk });
}

export function isSameSize(ratio: number): boolean {
  return Math.abs(ratio - 1) <= SAME;
}

/** When the floors are to change: smaller instances need more of them before the first goes, larger ones fewer after the last came. */
export function floorsChange(ratio: number): 'before' | 'after' | 'never' {
  if (isSameSize(ratio)) return 'never';
  return ratio < 1 ? 'before' : 'after';
}

export interface PerInstanceNumbers {
  readonly ratio: number;
  readonly ownerActions: readonly ScheduledAction[];
  /** Names of enabled policies that count in instances or per instance and are not CPU target tracking. */
  readonly perInstancePolicies: readonly string[];
}

/** S22: numbers of the owner's that count in instances and are not Evenkeel's to write: the shape is refused because of them. */
export function unconvertible(numbers: PerInstanceNumbers): readonly Excuse[] {
  if (isSameSize(numbers.ratio)) return [];
  const actions = numbers.ownerActions.filter(
    (action) =>
      !isOurs(action) &&
      (action.minSize !== undefined || action.maxSize !== undefined || action.desired !== undefined),
  );
  return [
    ...actions.map((action) => unconverted(`the scheduled action ${action.name}`, numbers.ratio)),
    ...numbers.perInstancePolicies.map((name) => unconverted(`the scaling policy ${name}`, numbers.ratio)),
  ];
}

function unconverted(what: string, ratio: number): Excuse {
  return { code: 'not-convertible', bottleneck: what, facts: { ratio } };
}

/**
 * S22: the most instances the group would need in the new shape, a lost zone included.
 * @param peak highest need ahead, in old instances, expected events included
 */
export function exceedsMaxSize(options: {
  readonly peak: number;
  readonly ratio: number;
  readonly zones: number;
  readonly survivesZoneLoss: boolean;
  readonly maxSize: Instances;
}): Excuse | undefined {
  const { peak, ratio, zones, survivesZoneLoss, maxSize } = options;
  const lost = survivesZoneLoss && zones > 1 ? zones / (zones - 1) : 1;
  const count = ceilInstances((peak / ratio) * lost);
  if (count <= MOST_OF_MAX_SIZE * maxSize) return undefined;
  const facts = { count, maxSize, write: Math.ceil(count / MOST_OF_MAX_SIZE) };
  return { code: 'max-size', bottleneck: 'MaxSize', facts };
}
