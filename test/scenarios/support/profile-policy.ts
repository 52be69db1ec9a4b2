import type { Profile } from '@evenkeel/core/forecast';
import { floorNow } from '@evenkeel/core/plan';
import { type Minute, TICK_MINUTES } from '@evenkeel/core/quantities';
import { createTargetTracking, type Policy, readAndWish, retarget } from '@evenkeel/core/replay';

/**
 * One strategy as a policy of the kernel: the owner's target up to minute `from`, after it the profile's target and its floors,
 * decided in minutes divisible by 5 and in force from the next minute on.
 * @param from minute of the run in which the profile is taken up
 * @param start what minute 0 of the run is in the region
 */
export function profilePolicy(options: {
  readonly profile: Profile;
  readonly from: number;
  readonly start: Minute;
  readonly ownTarget: number;
}): Policy {
  const { profile, from, start, ownTarget } = options;
  const tracking = createTargetTracking(ownTarget);
  let floor = 0;
  let decided = 0;
  return {
    wish(m, view) {
      floor = decided;
      const size = Math.max(readAndWish(tracking, m, view), floor);
      if (m < from || m % TICK_MINUTES !== 0) return size;
      const end = view.newest + 1;
      if (m === from) {
        const visible = view.visible.subarray(end - 15, end);
        retarget(tracking, profile.strategy.target, {
          visible,
          inService: view.inService.subarray(end - 15, end),
        });
      }
      decided = floorNow(profile, {
        values: view.visible,
        start,
        end,
        now: (start + m) as Minute,
        lead: profile.lead,
        inService: view.inService[end - 1]!,
      });
      return size;
    },
  };
}
