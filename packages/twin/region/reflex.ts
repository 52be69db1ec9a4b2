import type { Policy, TargetTracking, View } from '@evenkeel/core/replay';
import { readDatapoint, trackingWish } from '@evenkeel/core/replay';
import { datapointOf, setDesired, type TwinGroup } from './twin-group.ts';

/**
 * What the group itself does in a minute, with or without Evenkeel: target tracking (the kernel's own) moves the desired
 * size, MinSize and MaxSize bound it. The desired size is kept apart from the fleet's because launches can fail.
 */
export function reflexOf(group: () => TwinGroup): Policy {
  return {
    wish(minute, view) {
      const twin = group();
      if (twin.tracking) track(twin, twin.tracking, minute, view);
      setDesired(twin, twin.desired);
      // A refresh launches before it terminates.
      return twin.desired + (twin.mix?.batch?.count ?? 0);
    },
  };
}

function track(twin: TwinGroup, tracking: TargetTracking, minute: number, view: View): void {
  while (tracking.datapoints <= view.newest) {
    const at = tracking.datapoints;
    readDatapoint(tracking, datapointOf(twin, at), view.inService[at]!);
  }
  const total = view.fleet.inService + view.fleet.starting;
  const newest = view.newest < 0 ? 0 : datapointOf(twin, view.newest);
  const asked = trackingWish(tracking, view.fleet, newest, minute);
  // After a refused launch the group still wants more than it has: a smaller wish upwards does not take that back.
  if (asked > total) twin.desired = Math.max(twin.desired, asked);
  else if (asked < total) twin.desired = asked;
}
