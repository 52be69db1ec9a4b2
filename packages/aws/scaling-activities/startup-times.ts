import { type AutoScalingClient, DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';
import { MINUTES_PER_DAY, type Minute, type Minutes, minuteOf } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey } from '@evenkeel/engine/ports';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';
import { dateOf, type Timing } from '../time.ts';
import { startupFrom } from './startup.ts';

/** Start-up times of groups, measured from their launches of the last two weeks and remembered for a day. */
export interface StartupTimes {
  /** What is remembered; undefined where nothing was measured of late, or no launch was seen. */
  known(ref: GroupRef): Minutes | undefined;
  /** Whether it is time to measure again. */
  isStale(ref: GroupRef): boolean;
  /** One call for a group; a group that is gone is remembered as without launches. */
  measure(ref: GroupRef): Promise<void>;
}

const LOOK_BACK: Minutes = 14 * MINUTES_PER_DAY;
const KEEP: Minutes = MINUTES_PER_DAY;
/** One page of the newest activities is enough. */
const PAGE = 100;

export function createStartupTimes(client: AutoScalingClient, now: Timing['now']): StartupTimes {
  const measured = new Map<string, { readonly at: Minute; readonly startup: Minutes | undefined }>();

  const read = async (ref: GroupRef, at: Minute): Promise<Minutes | undefined> => {
    const command = new DescribeScalingActivitiesCommand({
      AutoScalingGroupName: ref.name,
      MaxRecords: PAGE,
      Filters: [
        { Name: 'StartTimeLowerBound', Values: [dateOf((at - LOOK_BACK) as Minute).toISOString()] },
        { Name: 'Status', Values: ['Successful'] },
      ],
    });
    try {
      return startupFrom((await call(client, command)).Activities ?? []);
    } catch (error) {
      if (error instanceof AwsError && error.meaning === 'not-found') return undefined;
      throw error;
    }
  };

  return {
    known: (ref) => measured.get(groupKey(ref))?.startup,
    isStale(ref) {
      const known = measured.get(groupKey(ref));
      return known === undefined || minuteOf(now()) - known.at >= KEEP;
    },
    async measure(ref) {
      const at = minuteOf(now());
      measured.set(groupKey(ref), { at, startup: await read(ref, at) });
    },
  };
}
