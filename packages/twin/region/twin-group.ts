import type { Instances, Minute } from '@evenkeel/core/quantities';
import {
  createTargetTracking,
  IN_DATAPOINTS,
  type Run,
  retarget,
  type TargetTracking,
  type World,
} from '@evenkeel/core/replay';
import type { Bounds } from '@evenkeel/core/workload';
import type { GroupRef, GroupShape, ScalingPolicy } from '@evenkeel/engine/ports';
import type { Chance } from '../random.ts';
import type { Mix } from '../refresh/mix.ts';
import type { Extras } from './extras.ts';
import { isGap } from './metric-gaps.ts';
import type { TwinGroupOptions } from './options.ts';

/** One group of the region: a run of the kernel whose policy is what stands in the group now. Mutable: the region plays it. */
export interface TwinGroup {
  readonly ref: GroupRef;
  readonly options: TwinGroupOptions;
  readonly extras: Extras;
  /** The group's first minute; every array is indexed by minutes since. */
  readonly start: Minute;
  /** The kernel's run: fleet and everything recorded. */
  readonly run: Run;
  /** The world with the owner's bounds, for scores and for what would have been without Evenkeel. */
  readonly home: World;
  /** True demand, capacity units. */
  readonly demand: Float64Array;
  /** What reaches the metrics, and what the accounts are kept in; the very same array as `demand` without zone rounding or a change of shape. */
  load: Float64Array;
  felt: Float64Array;
  readonly recorded: Recorded;
  readonly firstShape: GroupShape;
  readonly chances: Readonly<Record<'gaps' | 'late' | 'launches' | 'startups', Chance>>;
  tags: Readonly<Record<string, string>>;
  size: Bounds;
  desired: Instances;
  policies: readonly ScalingPolicy[];
  /** The reflex that the one CPU target-tracking policy is; undefined where there is none. */
  tracking: TargetTracking | undefined;
  /** Old and new instances, from the first refresh on. */
  mix: Mix | undefined;
  /** Share of instances its refresh has replaced, percent. */
  percent: number;
}

/** What a minute decided on, beside what the kernel records. */
export interface Recorded {
  readonly starting: Uint16Array;
  readonly minSize: Uint16Array;
  readonly maxSize: Uint16Array;
  /** Percent; 0 where the group has no target tracking. */
  readonly target: Float64Array;
}

/** Gives the group other policies; target tracking goes on with what it has read, judged by the new target. */
export function setPolicies(group: TwinGroup, policies: readonly ScalingPolicy[]): void {
  group.policies = policies;
  const acting = policies.filter((policy) => policy.enabled);
  const [policy] = acting;
  if (policy === undefined) {
    group.tracking = undefined;
    return;
  }
  if (acting.length > 1 || policy.kind !== 'target-tracking' || policy.metric !== 'cpu') {
    throw new RangeError(
      `group ${group.ref.name}: the twin plays one enabled policy, target tracking on CPU; disable the others`,
    );
  }
  const share = policy.target / 100;
  if (group.tracking) retarget(group.tracking, share, lastDatapoints(group, group.tracking.datapoints));
  else group.tracking = createTargetTracking(share);
}

/** The visible demand of a minute (since the group's start) as monitoring tells it; NaN where it was never published. */
export function datapointOf(group: TwinGroup, minute: number): number {
  return isGap(group, minute) ? Number.NaN : group.run.visible[minute]!;
}

/** As many datapoints as target tracking judges at most, ending before minute `end` (since the group's start). */
function lastDatapoints(group: TwinGroup, end: number) {
  const from = Math.max(0, end - IN_DATAPOINTS);
  const visible = Array.from({ length: end - from }, (_, i) => datapointOf(group, from + i));
  return { visible, inService: group.run.inService.subarray(from, end) };
}

/** Gives the group other bounds, as MinSize and MaxSize do: the desired size follows only where it would lie outside. */
export function setSize(group: TwinGroup, size: Bounds): void {
  if (size.min > size.max) {
    throw new RangeError(`group ${group.ref.name}: MinSize ${size.min} is above MaxSize ${size.max}`);
  }
  group.size = size;
  setDesired(group, group.desired);
}

/** Asks for a size, within the bounds. */
export function setDesired(group: TwinGroup, desired: Instances): void {
  group.desired = Math.min(group.size.max, Math.max(group.size.min, desired));
}
