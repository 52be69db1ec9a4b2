import {
  AutoScalingClient,
  type ScalingPolicy as AwsPolicy,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { Minute } from '@evenkeel/core/quantities';
import type { TargetTrackingPolicy } from '@evenkeel/engine/ports';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { scalingPolicyFrom } from '../groups/scaling-policy.ts';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { leaseFrom, leaseName } from './lease.ts';
import { createTargets } from './targets.ts';

const scaling = mockClient(AutoScalingClient);
const schedules = mockClient(SchedulerClient);
const NOW = (Date.UTC(2026, 2, 2, 3, 0) / 60_000) as Minute;
const REF = { account: '111122223333', region: 'eu-west-1', name: 'web' };
const CONTEXT = { decisionId: 'd' };
const ROLE = 'arn:aws:iam::111122223333:role/evenkeel-lease';

const CPU: AwsPolicy = {
  AutoScalingGroupName: 'web',
  PolicyName: 'cpu',
  PolicyType: 'TargetTrackingScaling',
  EstimatedInstanceWarmup: 60,
  TargetTrackingConfiguration: {
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
    TargetValue: 50,
    DisableScaleIn: false,
  },
  Enabled: true,
};
const OWNER = scalingPolicyFrom(CPU) as TargetTrackingPolicy;
const missing = Object.assign(new Error('Schedule does not exist.'), { name: 'ResourceNotFoundException' });

function port(leaseRoleArn: string | undefined = ROLE) {
  return createTargets({
    autoScaling: new AutoScalingClient({ region: 'eu-west-1' }),
    scheduler: new SchedulerClient({ region: 'eu-west-1' }),
    now: sleepingClock(NOW * 60_000).timing.now,
    ...(leaseRoleArn !== '' && { leaseRoleArn }),
  });
}

beforeEach(() => {
  scaling.reset();
  schedules.reset();
  scaling.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [CPU] });
  scaling.on(PutScalingPolicyCommand).resolves({});
});

describe('put', () => {
  it("S7: sends the policy as it stands now, with only the target changed: an owner's newer warm-up survives", async () => {
    const newer = { ...CPU, EstimatedInstanceWarmup: 300 };
    scaling.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [newer] });
    await port().put(REF, OWNER, 58, CONTEXT);
    expect(scaling.commandCalls(PutScalingPolicyCommand)[0]?.args[0].input).toEqual({
      AutoScalingGroupName: 'web',
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      EstimatedInstanceWarmup: 300,
      Enabled: true,
      TargetTrackingConfiguration: { ...CPU.TargetTrackingConfiguration, TargetValue: 58 },
    });
  });

  it.each<[string, readonly AwsPolicy[], string]>([
    ['is gone: it must not be made anew', [], 'not-found'],
    [
      'tracks something else',
      [
        {
          ...CPU,
          TargetTrackingConfiguration: {
            ...CPU.TargetTrackingConfiguration,
            TargetValue: 5,
            PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageNetworkIn' },
          },
        },
      ],
      'conflict',
    ],
    ['became a step policy', [{ ...CPU, PolicyType: 'StepScaling' }], 'conflict'],
  ])('writes nothing where the policy %s', async (_, policies, code) => {
    scaling.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [...policies] });
    await expect(port().put(REF, OWNER, 58, CONTEXT)).rejects.toMatchObject({ code });
    expect(scaling.commandCalls(PutScalingPolicyCommand)).toHaveLength(0);
  });

  it.each([0, -1, 101, Number.NaN])('refuses a target of %d', async (target) => {
    await expect(port().put(REF, OWNER, target, CONTEXT)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('lease', () => {
  const lease = { due: (NOW + 1800) as Minute, owner: OWNER };

  it('S8: is a one-off that calls PutScalingPolicy itself and deletes itself afterwards', async () => {
    schedules.on(UpdateScheduleCommand).rejects(missing).on(CreateScheduleCommand).resolves({});
    await port().renewLease(REF, lease, CONTEXT);
    const created = schedules.commandCalls(CreateScheduleCommand)[0]?.args[0].input;
    expect(created).toMatchObject({
      Name: leaseName(REF),
      ScheduleExpression: 'at(2026-03-03T09:00:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: 'arn:aws:scheduler:::aws-sdk:autoscaling:putScalingPolicy', RoleArn: ROLE },
    });
    expect(JSON.parse(created?.Target?.Input ?? '')).toEqual({
      AutoScalingGroupName: 'web',
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      EstimatedInstanceWarmup: 60,
      Enabled: true,
      TargetTrackingConfiguration: CPU.TargetTrackingConfiguration,
    });
    expect(leaseFrom(created ?? ({ Target: undefined, State: undefined } as never))).toEqual(lease);
  });

  it('is renewed in place', async () => {
    schedules.on(UpdateScheduleCommand).resolves({});
    await port().renewLease(REF, lease, CONTEXT);
    expect(schedules.commandCalls(CreateScheduleCommand)).toHaveLength(0);
  });

  it('is not made without a role, and the error says what to set', async () => {
    await expect(port('').renewLease(REF, lease, CONTEXT)).rejects.toThrow(/set leaseRoleArn/);
  });

  it('passes on that it could not be renewed', async () => {
    const denied = Object.assign(new Error('User: x is not authorized to perform: iam:PassRole'), {
      name: 'AccessDeniedException',
    });
    schedules.on(UpdateScheduleCommand).rejects(denied);
    await expect(port().renewLease(REF, lease, CONTEXT)).rejects.toMatchObject({
      code: 'denied',
      permission: 'iam:PassRole',
    });
  });

  it('reads none where there is none, where it is switched off and where somebody else made one of its name', async () => {
    schedules.on(GetScheduleCommand).rejects(missing);
    expect(await port().lease(REF)).toBeUndefined();
    const expression = { ScheduleExpression: 'at(2026-03-03T09:00:00)' };
    const target = (Input: string) => ({ Target: { Arn: 'a', RoleArn: ROLE, Input } });
    for (const schedule of [
      { ...expression, ...target('not JSON') },
      { ...expression, ...target('{"PolicyName":"x"}') },
      { ...expression, ...target(JSON.stringify(CPU)), State: 'DISABLED' as const },
      { ScheduleExpression: 'rate(1 day)', ...target(JSON.stringify(CPU)) },
    ]) {
      schedules.on(GetScheduleCommand).resolves(schedule);
      expect(await port().lease(REF)).toBeUndefined();
    }
  });

  it('is ended, and ending one that is not there is no error', async () => {
    schedules.on(DeleteScheduleCommand).resolvesOnce({}).rejects(missing);
    await port().endLease(REF, CONTEXT);
    await port().endLease(REF, CONTEXT);
    expect(schedules.calls()).toHaveLength(2);
  });
});

describe('leaseName', () => {
  it('fits 64 characters and differs by account, region and group', () => {
    const refs = [
      REF,
      { ...REF, region: 'us-east-1' },
      { ...REF, account: '2' },
      { ...REF, name: 'x'.repeat(255) },
    ];
    const names = refs.map(leaseName);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
  });
});
