import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Deployment, GroupSnapshot } from '@evenkeel/engine/ports';
import { createCache } from '../cache.ts';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';
import type { Timing } from '../time.ts';

/** CloudFormation puts these on every group a stack makes. */
const STACK_ID_TAG = 'aws:cloudformation:stack-id';
const STACK_NAME_TAG = 'aws:cloudformation:stack-name';
/** Waits for somebody to run a change set: nothing is under way. */
const NOT_STARTED = 'REVIEW_IN_PROGRESS';

/** Whether a stack with this status is at work on its resources (S14). */
export function isStackUnderWay(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== NOT_STARTED;
}

/** Reads the state of the stack that owns a group; a stack of many groups is asked for once a minute. */
export function createStackDeployments(client: CloudFormationClient, now: Timing['now']) {
  const cache = createCache<string | undefined>({ keepFor: 1, now });

  const statusOf = async (stack: string): Promise<string | undefined> => {
    try {
      const { Stacks: stacks = [] } = await call(client, new DescribeStacksCommand({ StackName: stack }));
      return stacks[0]?.StackStatus;
    } catch (error) {
      // A group outlives its stack where it was retained.
      if (error instanceof AwsError && error.meaning === 'not-found') return undefined;
      throw error;
    }
  };

  return async (group: GroupSnapshot): Promise<Deployment | undefined> => {
    const name = group.tags[STACK_NAME_TAG];
    const stack = group.tags[STACK_ID_TAG] ?? name;
    if (stack === undefined) return undefined;
    const status = await cache.get(stack, () => statusOf(stack));
    if (status === undefined || !isStackUnderWay(status)) return undefined;
    return { kind: 'stack', name: name ?? stack, status };
  };
}
