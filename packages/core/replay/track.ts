import { type Instances, TICK_MINUTES, type Utilisation } from '../quantities.ts';
import { type SurgeRule, surgeAt } from './advance-tracked.ts';
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
  return trackWith(target, {});
}

/** Target tracking over a floor that is known for each minute; the group gets the larger of the two wishes. */
export function trackOverFloors(target: Utilisation, floors: ArrayLike<number>): Policy {
  return trackWith(target, { floors });
}

/** What may stand besides target tracking in a replay: floors per minute, and a surge. */
export interface Besides {
  readonly floors?: ArrayLike<number> | undefined;
  readonly surge?: SurgeRule | undefined;
}

/** Target tracking with floors, a surge, or both. */
export function trackWith(target: Utilisation, { floors, surge }: Besides): Policy {
  const tracking = createTargetTracking(target);
  const memory = { decided: 0, surging: 0 };
  return {
    tracked: { tracking, floors, surge, memory },
    wish: (minute, view) => {
      const size = readAndWish(tracking, minute, view);
      const floor = floors ? floors[minute]! : 0;
      if (!surge) return Math.max(size, floor);
      if (minute % TICK_MINUTES === surge.delay % TICK_MINUTES) memory.surging = memory.decided;
      const wish = Math.max(size, floor, memory.surging);
      if (minute % TICK_MINUTES === 0)
        memory.decided = view.newest < 0 ? 0 : surgeAt(surge, view, view.newest);
      return wish;
    },
  };
}
