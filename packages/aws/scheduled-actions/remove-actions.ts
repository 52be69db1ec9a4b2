import {
  type AutoScalingClient,
  BatchDeleteScheduledActionCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-auto-scaling';
import type { ItemFailure, ScheduledActions } from '@evenkeel/engine/ports';
import { call, pages } from '../call.ts';
import type { Timing } from '../time.ts';
import { inHalves, inTries, refuseLongBatch } from './batches.ts';
import { failureFrom, scheduledActionFrom } from './scheduled-action.ts';

export interface ScheduledActionsOptions {
  readonly client: AutoScalingClient;
  readonly timing: Timing;
}

/** The most AWS gives on one page. */
const PAGE = 100;

/** Reading and removing scheduled actions: all that taking back needs (S16). */
export function createRemovableActions({
  client,
  timing,
}: ScheduledActionsOptions): Pick<ScheduledActions, 'list' | 'remove'> {
  return {
    async list(ref) {
      const answers = await pages(async (NextToken) => {
        const command = new DescribeScheduledActionsCommand({
          AutoScalingGroupName: ref.name,
          MaxRecords: PAGE,
          NextToken,
        });
        const { ScheduledUpdateGroupActions: items = [], NextToken: token } = await call(client, command);
        return { items, token };
      });
      return answers
        .map(scheduledActionFrom)
        .filter((action) => action !== undefined)
        .sort((a, b) => a.start - b.start);
    },

    async remove(ref, names, context) {
      refuseLongBatch(names.length);
      const removeOnce = async (some: readonly string[]): Promise<readonly ItemFailure[]> => {
        const command = new BatchDeleteScheduledActionCommand({
          AutoScalingGroupName: ref.name,
          ScheduledActionNames: [...some],
        });
        const { FailedScheduledActions: failed = [] } = await call(client, command, context);
        return failed.map(failureFrom);
      };
      return inTries(names, {
        send: (items) => inHalves(items, removeOnce),
        nameOf: (name) => name,
        timing,
      });
    },
  };
}
