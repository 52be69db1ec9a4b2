import { BatchPutScheduledUpdateGroupActionCommand } from '@aws-sdk/client-auto-scaling';
import type { ScheduledAction } from '@evenkeel/core/plan';
import { minuteOf } from '@evenkeel/core/quantities';
import type { ItemFailure, ScheduledActions } from '@evenkeel/engine/ports';
import { call } from '../call.ts';
import { inHalves, inTries, refuseLongBatch } from './batches.ts';
import { sortOut } from './refusals.ts';
import { createRemovableActions, type ScheduledActionsOptions } from './remove-actions.ts';
import { failureFrom, requestFrom } from './scheduled-action.ts';

export type { ScheduledActionsOptions } from './remove-actions.ts';

/** Scheduled actions by batch, where items that failed for a passing reason are sent again (S4). */
export function createScheduledActions(options: ScheduledActionsOptions): ScheduledActions {
  const { client, timing } = options;
  return {
    ...createRemovableActions(options),
    async put(ref, actions, context) {
      refuseLongBatch(actions.length);
      const { sendable, refused } = sortOut(actions, minuteOf(timing.now()));
      const putOnce = async (some: readonly ScheduledAction[]): Promise<readonly ItemFailure[]> => {
        const command = new BatchPutScheduledUpdateGroupActionCommand({
          AutoScalingGroupName: ref.name,
          ScheduledUpdateGroupActions: some.map(requestFrom),
        });
        const { FailedScheduledUpdateGroupActions: failed = [] } = await call(client, command, context);
        return failed.map(failureFrom);
      };
      const failures = await inTries(sendable, {
        send: (items) => inHalves(items, putOnce),
        nameOf: (action) => action.name,
        timing,
      });
      return [...refused, ...failures];
    },
  };
}
