import {
  type AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import type { GroupRef } from '@evenkeel/engine/ports';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';
import { isBeingDeleted } from './group-snapshot.ts';

/** One group as AWS describes it now. Rejects with `not-found` where it does not exist, or is being deleted. */
export async function describeGroup(client: AutoScalingClient, ref: GroupRef): Promise<AutoScalingGroup> {
  const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [ref.name] });
  const [group] = (await call(client, command)).AutoScalingGroups ?? [];
  if (group !== undefined && !isBeingDeleted(group)) return group;
  throw new AwsError({
    meaning: 'not-found',
    awsCode: 'ValidationError',
    message: `there is no Auto Scaling group ${ref.name} in ${ref.account}, ${ref.region}`,
  });
}
