import {
  type AutoScalingClient,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling';
import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { GroupRef, Targets, TargetTrackingPolicy } from '@evenkeel/engine/ports';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';
import { putPolicyRequest, scalingPolicyFrom } from '../groups/scaling-policy.ts';
import type { Timing } from '../time.ts';
import { createLeases } from './leases.ts';

export interface TargetsOptions {
  readonly autoScaling: AutoScalingClient;
  readonly scheduler: SchedulerClient;
  readonly now: Timing['now'];
  /** The role EventBridge Scheduler takes to call PutScalingPolicy. Without one no lease can be made, so no target is tuned. */
  readonly leaseRoleArn?: string;
}

/** Targets by PutScalingPolicy, leases by one-off schedules of EventBridge Scheduler. */
export function createTargets({ autoScaling, scheduler, now, leaseRoleArn }: TargetsOptions): Targets {
  /** PutScalingPolicy creates what is not there: the policy is read first, and what is sent back is what was read. */
  const policyNow = async (ref: GroupRef, name: string): Promise<TargetTrackingPolicy> => {
    const command = new DescribePoliciesCommand({ AutoScalingGroupName: ref.name, PolicyNames: [name] });
    const { ScalingPolicies: policies = [] } = await call(autoScaling, command);
    const policy = policies.map(scalingPolicyFrom).find((each) => each.name === name);
    if (policy === undefined)
      throw refusal('not-found', `group ${ref.name} has no policy ${name} (any more)`);
    if (policy.kind !== 'target-tracking' || policy.metric !== 'cpu') {
      throw refusal('conflict', `policy ${name} of group ${ref.name} does not track CPU any more`);
    }
    return policy;
  };

  return {
    ...createLeases({ scheduler, now, ...(leaseRoleArn !== undefined && { leaseRoleArn }) }),
    async put(ref, policy, target, context) {
      if (!(target >= 1 && target <= 100)) {
        throw refusal('refused', `a CPU target is 1 to 100 %, not ${target}`);
      }
      const fresh = await policyNow(ref, policy.name);
      const request = putPolicyRequest(ref.name, fresh, target);
      await call(autoScaling, new PutScalingPolicyCommand(request), context);
    },
  };
}

function refusal(meaning: 'not-found' | 'conflict' | 'refused', message: string): AwsError {
  return new AwsError({ meaning, awsCode: 'Evenkeel', message });
}
