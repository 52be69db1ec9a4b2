import { type AutoScalingClient, DescribeAutoScalingInstancesCommand } from '@aws-sdk/client-auto-scaling';
import type { GroupOfInstance } from '@evenkeel/engine/ports';
import { call } from '../call.ts';

/** Which group an instance belongs to, while it is there: one call of EC2 Auto Scaling's (S26). */
export function createGroupOfInstance(options: {
  readonly client: AutoScalingClient;
  readonly account: string;
  readonly region: string;
}): GroupOfInstance {
  const { client, account, region } = options;
  return async (instance) => {
    const command = new DescribeAutoScalingInstancesCommand({ InstanceIds: [instance] });
    const [found] = (await call(client, command)).AutoScalingInstances ?? [];
    const name = found?.AutoScalingGroupName;
    return name === undefined ? undefined : { account, region, name };
  };
}
