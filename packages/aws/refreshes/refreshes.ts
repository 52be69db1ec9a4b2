import {
  type AutoScalingClient,
  CancelInstanceRefreshCommand,
  DescribeInstanceRefreshesCommand,
  type InstanceRefresh,
  RollbackInstanceRefreshCommand,
  StartInstanceRefreshCommand,
  type StartInstanceRefreshType,
} from '@aws-sdk/client-auto-scaling';
import { minuteOf } from '@evenkeel/core/quantities';
import { type GroupRef, hasEnded, type Refreshes } from '@evenkeel/engine/ports';
import { call, unlessMissing } from '../call.ts';
import { AwsError } from '../errors.ts';
import { describeGroup } from '../groups/describe-group.ts';
import type { Timing } from '../time.ts';
import { desiredConfiguration } from './desired-configuration.ts';
import { refreshFrom } from './refresh-from.ts';
import { isWhatWasAsked, startRequest } from './start-request.ts';

export interface RefreshesOptions {
  readonly client: AutoScalingClient;
  readonly now: Timing['now'];
}

/** Instance refreshes by EC2 Auto Scaling, which keeps one active per group and knows no client token. */
export function createRefreshes({ client, now }: RefreshesOptions): Refreshes {
  /** The newest come first. */
  const newest = async (ref: GroupRef): Promise<InstanceRefresh | undefined> => {
    const command = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: ref.name, MaxRecords: 1 });
    return (await call(client, command)).InstanceRefreshes?.[0];
  };

  /** The answer to a start may have been lost on the way: the one that is going may be the one that was asked for. */
  const startedBefore = async (
    ref: GroupRef,
    request: StartInstanceRefreshType,
    refusal: AwsError,
  ): Promise<string> => {
    const going = await newest(ref);
    if (going === undefined || hasEnded(refreshFrom(going, minuteOf(now())))) throw notShown(ref);
    if (!isGoing(going) || !isWhatWasAsked(going, request)) throw refusal;
    return going.InstanceRefreshId ?? '';
  };

  return {
    async start(ref, desired, preferences, context) {
      const group = await describeGroup(client, ref);
      const configuration = desiredConfiguration(group, desired);
      const request = startRequest(ref.name, configuration, preferences);
      try {
        const answer = await call(client, new StartInstanceRefreshCommand(request), context);
        return answer.InstanceRefreshId ?? '';
      } catch (error) {
        if (error instanceof AwsError && error.meaning === 'conflict')
          return startedBefore(ref, request, error);
        throw error;
      }
    },

    async latest(ref) {
      // A group that is gone has no refresh.
      const found = await unlessMissing(newest(ref));
      return found && refreshFrom(found, minuteOf(now()));
    },

    async rollBack(ref, context) {
      await call(client, new RollbackInstanceRefreshCommand({ AutoScalingGroupName: ref.name }), context);
    },

    async cancel(ref, context) {
      // Instances on their way come all the same; nobody waits for them, so that another refresh may start.
      const command = new CancelInstanceRefreshCommand({
        AutoScalingGroupName: ref.name,
        WaitForTransitioningInstances: false,
      });
      await call(client, command, context);
    },
  };
}

/** Whether it could still become what was asked for. */
function isGoing({ Status: status }: InstanceRefresh): boolean {
  return status === 'Pending' || status === 'InProgress' || status === 'Baking';
}

/** Refused because of one that no reading shows yet, or because the group is busy: the same call may go through in a moment. */
function notShown({ name }: GroupRef): AwsError {
  return new AwsError({
    meaning: 'unavailable',
    awsCode: 'InstanceRefreshInProgress',
    message: `AWS refused to refresh ${name} because of another change, and shows none yet; it is tried again`,
  });
}
