import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribePoliciesCommand,
} from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StartupTimes } from '../scaling-activities/startup-times.ts';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { createGroups } from './groups.ts';

const aws = mockClient(AutoScalingClient);
const REF = { account: '1', region: 'eu-west-1', name: 'web' };

const STARTUPS: StartupTimes = {
  known: () => 3,
  isStale: () => false,
  measure: () => Promise.reject(new Error('not stale')),
};

function port(startups = STARTUPS) {
  return createGroups({
    client: new AutoScalingClient({ region: 'eu-west-1' }),
    account: '1',
    region: 'eu-west-1',
    timing: sleepingClock(29_000_000 * 60_000).timing,
    startups,
    periods: { of: async (groups) => groups.map(({ running }) => (running > 0 ? 1 : undefined)) },
  });
}

function group(name: string, states: readonly string[] = ['InService']) {
  return {
    AutoScalingGroupName: name,
    MinSize: 1,
    MaxSize: 9,
    DesiredCapacity: states.length,
    DefaultCooldown: 300,
    HealthCheckType: 'EC2',
    AvailabilityZones: [],
    CreatedTime: new Date(0),
    Instances: states.map((LifecycleState) => ({
      InstanceId: 'i',
      AvailabilityZone: 'a',
      HealthStatus: 'Healthy',
      ProtectedFromScaleIn: false,
      LifecycleState: LifecycleState as 'InService',
    })),
  };
}

const policy = (name: string) => ({ AutoScalingGroupName: name, PolicyName: 'p', PolicyType: 'StepScaling' });
const gone = Object.assign(new Error('AutoScalingGroup name not found - null'), { name: 'ValidationError' });

beforeEach(() => {
  aws.reset();
  aws.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [] });
  aws.on(DescribeInstanceRefreshesCommand).resolves({ InstanceRefreshes: [] });
});

describe('Groups on AWS, at the SDK boundary', () => {
  it('lists by the tag, over all pages, in order of name, without those being deleted', async () => {
    aws
      .on(DescribeAutoScalingGroupsCommand)
      .resolvesOnce({ AutoScalingGroups: [group('web'), group('api')], NextToken: 'more' })
      .resolves({ AutoScalingGroups: [group('batch'), { ...group('old'), Status: 'Delete in progress' }] });
    const groups = await port().list();
    expect(groups.map((each) => each.ref.name)).toEqual(['api', 'batch', 'web']);
    expect(aws.commandCalls(DescribeAutoScalingGroupsCommand)[0]?.args[0].input).toMatchObject({
      Filters: [{ Name: 'tag-key', Values: ['evenkeel:workload'] }],
      MaxRecords: 100,
    });
  });

  it('S26: a fleet costs pages, not calls per group: policies of the account at once, refreshes only where there are signs', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `g${index + 10}`);
    aws.on(DescribeAutoScalingGroupsCommand).resolves({
      AutoScalingGroups: names.map((name) =>
        group(name, name === 'g20' ? ['InService', 'Pending'] : ['InService']),
      ),
    });
    aws.on(DescribePoliciesCommand).resolves({ ScalingPolicies: names.map(policy) });
    const groups = await port().list();
    expect(groups).toHaveLength(40);
    expect(groups.every((each) => each.policies.length === 1)).toBe(true);
    expect(aws.calls()).toHaveLength(3);
    expect(aws.commandCalls(DescribeInstanceRefreshesCommand)[0]?.args[0].input.AutoScalingGroupName).toBe(
      'g20',
    );
  });

  it('S14: reading one group always asks for its refreshes', async () => {
    aws.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [group('web')] });
    aws.on(DescribeInstanceRefreshesCommand).resolves({
      InstanceRefreshes: [{ InstanceRefreshId: 'r-1', Status: 'Pending' }],
    });
    expect((await port().read(REF))?.refresh).toEqual({ id: 'r-1', status: 'Pending' });
  });

  it('measures start-up times that are old, of a few groups with each list', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `g${index + 10}`);
    aws
      .on(DescribeAutoScalingGroupsCommand)
      .resolves({ AutoScalingGroups: names.map((name) => group(name)) });
    const measured: string[] = [];
    const groups = port({
      known: () => 3,
      isStale: ({ name }) => !measured.includes(name),
      measure: async ({ name }) => {
        measured.push(name);
      },
    });
    expect((await groups.list())[0]?.startup).toBe(3);
    expect(measured).toEqual(names.slice(0, 5));
    await groups.list();
    await groups.list();
    expect(measured).toEqual(names);
  });

  it.each([
    ['not there', () => aws.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [] })],
    [
      'being deleted',
      () =>
        aws
          .on(DescribeAutoScalingGroupsCommand)
          .resolves({ AutoScalingGroups: [{ ...group('web'), Status: 'Delete in progress' }] }),
    ],
    [
      'deleted between two calls',
      () => {
        aws.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [group('web')] });
        aws.on(DescribePoliciesCommand).rejects(gone);
      },
    ],
  ])('reads undefined of a group that is %s', async (_, arrange) => {
    arrange();
    expect(await port().read(REF)).toBeUndefined();
  });

  it('lists the others where one is deleted meanwhile', async () => {
    aws
      .on(DescribeAutoScalingGroupsCommand)
      .resolves({ AutoScalingGroups: [group('api', ['Pending']), group('web')] });
    aws.on(DescribeInstanceRefreshesCommand).rejects(gone);
    expect((await port().list()).map((each) => each.ref.name)).toEqual(['api', 'web']);
  });

  it.each([
    ['groups', DescribeAutoScalingGroupsCommand],
    ['policies', DescribePoliciesCommand],
    ['refreshes', DescribeInstanceRefreshesCommand],
  ])('rejects as throttled where describing %s is', async (_, Command) => {
    aws.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [group('web')] });
    aws.on(Command as never).rejects(Object.assign(new Error('Rate exceeded'), { name: 'Throttling' }));
    await expect(port().read(REF)).rejects.toMatchObject({ code: 'throttled' });
  });
});
