import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { minuteOf } from '@evenkeel/core/quantities';
import type { GroupRef, Targets, WriteContext } from '@evenkeel/engine/ports';
import { call, unlessMissing } from '../call.ts';
import { AwsError } from '../errors.ts';
import type { Timing } from '../time.ts';
import { leaseFrom, leaseName, leaseRequest } from './lease.ts';

export interface LeasesOptions {
  readonly scheduler: SchedulerClient;
  readonly now: Timing['now'];
  /** The role EventBridge Scheduler takes to call PutScalingPolicy. Without one no lease can be made, so no target is tuned. */
  readonly leaseRoleArn?: string;
}

/** The leases alone, by one-off schedules of EventBridge Scheduler: a role that may do nothing else can give targets back (S16). */
export function createLeases({
  scheduler,
  now,
  leaseRoleArn,
}: LeasesOptions): Pick<Targets, 'lease' | 'renewLease' | 'endLease'> {
  return {
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

function refusal(meaning: 'not-found' | 'conflict' | 'refused', message: string): AwsError {
  return new AwsError({ meaning, awsCode: 'Evenkeel', message });
}

function noRole(): AwsError {
  return refusal(
    'refused',
    'no role is set with which EventBridge Scheduler could give a target back; set leaseRoleArn (the stack makes the role), or leave targets alone',
  );
}
