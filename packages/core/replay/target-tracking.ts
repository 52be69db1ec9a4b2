import { ceilInstances, type Instances, type Utilisation } from '../quantities.ts';

/** Datapoints in a row above the target before target tracking scales out. */
export const OUT_DATAPOINTS = 3;
/** Datapoints in a row below `IN_SHARE` of the target before it scales in. */
export const IN_DATAPOINTS = 15;
export const IN_SHARE = 0.9;
/** Minutes between target tracking's last own change and a scale-in. */
const IN_COOLDOWN = 5;
/** Target tracking does nothing while fewer datapoints than this lie before the newest one. */
const WARM_UP_DATAPOINTS = 20;

/**
 * The state of a target-tracking policy as AWS keeps it in its two alarms. 3 and 15 datapoints are what users observe;
 * AWS documents only "scale-in usually when more than 10 % below the target".
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 */
export interface TargetTracking {
  target: Utilisation;
  /** Datapoints read so far. */
  datapoints: number;
  /** Datapoints in a row, up to the newest, strictly above the target and strictly below 90 % of it. */
  above: number;
  below: number;
  /** The minute in which it last asked for another size. */
  askedAt: number;
}

/** Target tracking at `target` (0 … 1) that has read nothing yet. */
export function createTargetTracking(target: Utilisation): TargetTracking {
  return { target, datapoints: 0, above: 0, below: 0, askedAt: -IN_COOLDOWN };
}

/**
 * Reads one datapoint: the visible demand (utilisation x in service, capacity units) of `inService` instances. NaN, a
 * missing datapoint, breaks both rows, and so does an empty group.
 */
export function readDatapoint(tracking: TargetTracking, visible: number, inService: Instances): void {
  const utilisation = visible / inService;
  const { target } = tracking;
  tracking.datapoints += 1;
  tracking.above = utilisation > target ? tracking.above + 1 : 0;
  tracking.below = utilisation < IN_SHARE * target ? tracking.below + 1 : 0;
}

/**
 * Another target from now on: the datapoints already read are judged by it again, as a rewritten alarm would judge them.
 * `visible` and `inService` hold the last datapoints (15 are enough), oldest first, as they were read.
 */
export function retarget(
  tracking: TargetTracking,
  target: Utilisation,
  recent: { readonly visible: ArrayLike<number>; readonly inService: ArrayLike<number> },
): void {
  if (target === tracking.target) return;
  const { datapoints } = tracking;
  tracking.target = target;
  tracking.above = 0;
  tracking.below = 0;
  for (let i = 0; i < recent.visible.length; i++) {
    readDatapoint(tracking, recent.visible[i]!, recent.inService[i]!);
  }
  tracking.datapoints = datapoints;
}

/** What target tracking knows of the group when it decides. */
export interface TrackedGroup {
  readonly inService: Instances;
  readonly starting: Instances;
}

/**
 * The size target tracking asks for in `minute`; what is in service and starting when it asks for nothing. `demand` is
 * the newest visible demand. Scale out: the last 3 datapoints above the target. Scale in: the last 15 below 90 % of it,
 * nothing starting and 5 minutes since it last asked for another size. Both to ceil(inService x utilisation / target).
 */
export function trackingWish(
  tracking: TargetTracking,
  group: TrackedGroup,
  demand: number,
  minute: number,
): Instances {
  const total = group.inService + group.starting;
  if (tracking.datapoints <= WARM_UP_DATAPOINTS) return total;
  if (tracking.above >= OUT_DATAPOINTS) {
    const size = ceilInstances(demand / tracking.target);
    if (size <= total) return total;
    tracking.askedAt = minute;
    return size;
  }
  if (tracking.below < IN_DATAPOINTS || group.starting > 0) return total;
  if (minute - tracking.askedAt < IN_COOLDOWN) return total;
  const size = ceilInstances(demand / tracking.target);
  if (size >= total) return total;
  tracking.askedAt = minute;
  return size;
}
