import type { Instances, Utilisation } from '../quantities.ts';
import type { Policy, View } from './kernel.ts';
import { createTargetTracking, readDatapoint, type TargetTracking, trackingWish } from './target-tracking.ts';

/** Lets target tracking read every datapoint that has become readable since, and gives the size it asks for. */
export function readAndWish(tracking: TargetTracking, minute: number, view: View): Instances {
  const { newest, visible, inService } = view;
  for (let at = tracking.datapoints; at <= newest; at++)
    readDatapoint(tracking, visible[at]!, inService[at]!);
  return trackingWish(tracking, view.fleet, newest < 0 ? 0 : visible[newest]!, minute);
}

/** Plain target tracking. */
export function track(target: Utilisation): Policy {
  const tracking = createTargetTracking(target);
  return {
    wish: (minute, view) => readAndWish(tracking, minute, view),
    tracked: { tracking, floors: undefined },
  };
}

/** Target tracking over a floor that is known for each minute; the group gets the larger of the two wishes. */
export function trackOverFloors(target: Utilisation, floors: ArrayLike<number>): Policy {
  const tracking = createTargetTracking(target);
  return {
    wish: (minute, view) => Math.max(readAndWish(tracking, minute, view), floors[minute]!),
    tracked: { tracking, floors },
  };
}
