import { createHash } from 'node:crypto';
import type { PutScalingPolicyType } from '@aws-sdk/client-auto-scaling';
import type { CreateScheduleCommandInput, GetScheduleCommandOutput } from '@aws-sdk/client-scheduler';
import type { Minute } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey, type Lease } from '@evenkeel/engine/ports';
import { putPolicyRequest, scalingPolicyFrom } from '../groups/scaling-policy.ts';
import { dateOf, minuteOfDate } from '../time.ts';

/** EventBridge Scheduler calls this API itself: nothing of ours has to run when the lease is due (S8). */
const PUT_SCALING_POLICY = 'arn:aws:scheduler:::aws-sdk:autoscaling:putScalingPolicy';
/** Names hold 64 characters, groups' names up to 255: a digest stands for the group. */
const DIGEST_LENGTH = 32;
/** A call that AWS throttles is tried again for a day. */
const RETRY = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };

/** The name of a group's one lease: a function of the group, so that renewing replaces and nothing piles up. */
export function leaseName(ref: GroupRef): string {
  const digest = createHash('sha256').update(groupKey(ref)).digest('hex');
  return `evenkeel-lease-${digest.slice(0, DIGEST_LENGTH)}`;
}

/** The one-off that sends the owner's saved policy at the due minute and then deletes itself. */
export function leaseRequest(ref: GroupRef, lease: Lease, roleArn: string): CreateScheduleCommandInput {
  return {
    Name: leaseName(ref),
    Description: `Evenkeel: gives ${ref.name} its owner's target of ${lease.owner.target} % back`.slice(
      0,
      512,
    ),
    ScheduleExpression: `at(${dateOf(lease.due).toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    State: 'ENABLED',
    Target: {
      Arn: PUT_SCALING_POLICY,
      RoleArn: roleArn,
      Input: JSON.stringify(putPolicyRequest(ref.name, lease.owner, lease.owner.target)),
      RetryPolicy: RETRY,
    },
  };
}

/** Reads a lease back; undefined where the schedule is not one that leaseRequest made, or is switched off. */
export function leaseFrom(
  schedule: Pick<GetScheduleCommandOutput, 'ScheduleExpression' | 'Target' | 'State'>,
): Lease | undefined {
  const due = /^at\((.+)\)$/.exec(schedule.ScheduleExpression ?? '')?.[1];
  const input = requestIn(schedule.Target?.Input);
  if (due === undefined || input === undefined || schedule.State === 'DISABLED') return undefined;
  const owner = scalingPolicyFrom(input);
  if (owner.kind !== 'target-tracking') return undefined;
  return { due: minuteAt(due), owner };
}

function minuteAt(utc: string): Minute {
  return minuteOfDate(new Date(`${utc}Z`));
}

function requestIn(json: string | undefined): PutScalingPolicyType | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return typeof value === 'object' && value !== null ? (value as PutScalingPolicyType) : undefined;
  } catch {
    return undefined;
  }
}
