import {
  type AutoScalingClient,
  type ScalingPolicy as AwsPolicy,
  DescribePoliciesCommand,
} from '@aws-sdk/client-auto-scaling';
import type { GroupRef, ScalingPolicy } from '@evenkeel/engine/ports';
import { call, pages } from '../call.ts';
import { scalingPolicyFrom } from './scaling-policy.ts';

/** The most AWS gives on one page. */
const PAGE = 100;

/** The scaling policies of a group, or of the whole account and region where no name is given. */
export async function describePolicies(
  client: AutoScalingClient,
  name: string | undefined,
): Promise<AwsPolicy[]> {
  return pages(async (NextToken) => {
    const command = new DescribePoliciesCommand({ AutoScalingGroupName: name, MaxRecords: PAGE, NextToken });
    const { ScalingPolicies: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
}

/** The policies of one group after the other, and nothing else of it. */
export function createPolicyReader(
  client: AutoScalingClient,
): (ref: GroupRef) => Promise<readonly ScalingPolicy[]> {
  return async (ref) => (await describePolicies(client, ref.name)).map(scalingPolicyFrom);
}
