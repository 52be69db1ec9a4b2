import {
  type AutoScalingClient,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { minuteOf } from '@evenkeel/core/quantities';
import type { GroupRef, Targets, TargetTrackingPolicy, WriteContext } from '@evenkeel/engine/ports';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';
import { putPolicyRequest, scalingPolicyFrom } from '../groups/scaling-policy.ts';
import type { Timing } from '../time.ts';
import { leaseFrom, leaseName, leaseRequest } from './lease.ts';

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
    async put(ref, policy, target, context) {
      if (!(target >= 1 && target <= 100)) {
        throw refusal('refused', `a CPU target is 1 to 100 %, not ${target}`);
      }
      const fresh = await policyNow(ref, policy.name);
      const request = putPolicyRequest(ref.name, fresh, target);
      await call(autoScaling, new PutScalingPolicyCommand(request), context);
    },

    async lease(ref) {
      const schedule = await unlessMissing(call(scheduler, new GetScheduleCommand({ Name: leaseName(ref) })));
      return schedule && leaseFrom(schedule);
    },

    async renewLease(ref, lease, context) {
      if (leaseRoleArn === undefined) throw noRole();
      if (lease.due <= minuteOf(now())) throw refusal('refused', 'the lease would be due in the past');
      const request = leaseRequest(ref, lease, leaseRoleArn);
      const renewed = await unlessMissing(call(scheduler, new UpdateScheduleCommand(request), context));
      if (renewed === undefined) await call(scheduler, new CreateScheduleCommand(request), context);
    },

    async endLease(ref: GroupRef, context: WriteContext) {
      await unlessMissing(call(scheduler, new DeleteScheduleCommand({ Name: leaseName(ref) }), context));
    },
  };
}

async function unlessMissing<Value>(calling: Promise<Value>): Promise<Value | undefined> {
  try {
    return await calling;
  } catch (error) {
    if (error instanceof AwsError && error.meaning === 'not-found') return undefined;
    throw error;
  }
}

function refusal(meaning: 'not-found' | 'conflict' | 'refused', message: string): AwsError {
  return new AwsError({ meaning, awsCode: 'Evenkeel', message });
}

function noRole(): AwsError {
  return refusal(
    'refused',
    'no role is set with which EventBridge Scheduler could give a target back; set leaseRoleArn (the stack makes the role), or leave targets alone',
  );
}
