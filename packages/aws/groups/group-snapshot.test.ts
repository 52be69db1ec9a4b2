import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling';
import type { Minute } from '@evenkeel/core/quantities';
import type { GroupSnapshot } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { architectureOfType } from './group-shape.ts';
import { type GroupAnswers, groupSnapshotFrom, isBeingDeleted, looksRefreshed } from './group-snapshot.ts';

const TEMPLATE = { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', Version: '7' };

function instance(fields: Partial<Instance> = {}): Instance {
  return {
    InstanceId: 'i-1',
    InstanceType: 'm7i.large',
    AvailabilityZone: 'eu-west-1a',
    LifecycleState: 'InService',
    HealthStatus: 'Healthy',
    LaunchTemplate: TEMPLATE,
    ProtectedFromScaleIn: false,
    ...fields,
  };
}

/** A group as DescribeAutoScalingGroups gives it. */
const GROUP: AutoScalingGroup = {
  AutoScalingGroupName: 'web',
  AutoScalingGroupARN: 'arn:aws:autoscaling:eu-west-1:1:autoScalingGroup:uuid:autoScalingGroupName/web',
  LaunchTemplate: TEMPLATE,
  MinSize: 2,
  MaxSize: 20,
  DesiredCapacity: 3,
  DefaultCooldown: 300,
  AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
  TargetGroupARNs: ['arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/50dc'],
  HealthCheckType: 'ELB',
  Instances: [instance(), instance({ InstanceId: 'i-2' }), instance({ InstanceId: 'i-3' })],
  CreatedTime: new Date('2025-01-01T00:00:00Z'),
  SuspendedProcesses: [],
  Tags: [
    { Key: 'evenkeel:workload', Value: 'shop', ResourceId: 'web', ResourceType: 'auto-scaling-group' },
    { Key: 'Name', Value: '', ResourceId: 'web', ResourceType: 'auto-scaling-group' },
  ],
  NewInstancesProtectedFromScaleIn: false,
  DefaultInstanceWarmup: 90,
};

function snapshot(group: Partial<AutoScalingGroup>, answers: Partial<GroupAnswers> = {}): GroupSnapshot {
  return groupSnapshotFrom({
    ref: { account: '1', region: 'eu-west-1', name: 'web' },
    readAt: 29_000_000 as Minute,
    group: { ...GROUP, ...group },
    policies: [],
    refreshes: [],
    metricPeriod: 1,
    startup: undefined,
    ...answers,
  });
}

describe('groupSnapshotFrom', () => {
  it('reads a plain group', () => {
    expect(snapshot({})).toEqual({
      ref: { account: '1', region: 'eu-west-1', name: 'web' },
      readAt: 29_000_000,
      createdAt: Date.UTC(2025, 0, 1) / 60_000,
      tags: { 'evenkeel:workload': 'shop', Name: '' },
      size: { min: 2, max: 20 },
      desired: 3,
      inService: 3,
      starting: 0,
      policies: [],
      shape: {
        instanceTypes: ['m7i.large'],
        architecture: 'x86_64',
        spotShare: 0,
        templateVersion: 'number',
      },
      warmup: 1.5,
      zones: ['eu-west-1a', 'eu-west-1b'],
      targetGroups: ['arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/50dc'],
      suspendedProcesses: [],
      capacityUnit: 'instances',
      weighted: false,
      metricPeriod: 1,
      scaleInProtected: false,
    });
  });

  it.each<[string, Partial<AutoScalingGroup>, Partial<GroupSnapshot>]>([
    [
      'instances on their way',
      { Instances: [instance(), instance({ LifecycleState: 'Pending' })], DesiredCapacity: 2 },
      { inService: 1, starting: 1 },
    ],
    [
      'a launch hook',
      { Instances: [instance({ LifecycleState: 'Pending:Wait' })], DesiredCapacity: 1 },
      { inService: 0, starting: 1 },
    ],
    ['asked for, not launched yet', { DesiredCapacity: 8 }, { inService: 3, starting: 5 }],
    [
      'a replacement at full size',
      { Instances: [instance(), instance({ LifecycleState: 'Pending' })], DesiredCapacity: 1 },
      { inService: 1, starting: 1 },
    ],
    [
      'instances that leave',
      { Instances: [instance(), instance({ LifecycleState: 'Terminating:Wait' })], DesiredCapacity: 1 },
      { inService: 1, starting: 0 },
    ],
    [
      'standby',
      { Instances: [instance(), instance({ LifecycleState: 'Standby' })], DesiredCapacity: 1 },
      { inService: 1, starting: 0 },
    ],
    [
      'no instances at all',
      { Instances: undefined, DesiredCapacity: 0 },
      { inService: 0, starting: 0, shape: { instanceTypes: [], spotShare: 0, templateVersion: 'number' } },
    ],
    [
      'S15: another operator',
      { Operator: { Principal: 'eks.amazonaws.com' } },
      { operator: 'eks.amazonaws.com' },
    ],
    ['S15: vCPUs as the unit', { DesiredCapacityType: 'vcpu' }, { capacityUnit: 'vcpu' }],
    ['S15: instances as the unit, by name', { DesiredCapacityType: 'units' }, { capacityUnit: 'instances' }],
    [
      'S15: a suspended process',
      { SuspendedProcesses: [{ ProcessName: 'Launch', SuspensionReason: 'x' }] },
      { suspendedProcesses: ['Launch'] },
    ],
    ['S15: a warm pool', { WarmPoolConfiguration: { MinSize: 2 } }, { warmPool: true }],
    ['S15: weights', { Instances: [instance({ WeightedCapacity: '2' })] }, { weighted: true }],
    [
      'scale-in protection of one instance',
      { Instances: [instance({ ProtectedFromScaleIn: true })], DesiredCapacity: 1 },
      { scaleInProtected: true },
    ],
    [
      'scale-in protection of new instances',
      { NewInstancesProtectedFromScaleIn: true },
      { scaleInProtected: true },
    ],
    [
      'a target group among the traffic sources',
      { TargetGroupARNs: [], TrafficSources: [{ Identifier: 'arn:x:targetgroup/a/1', Type: 'elbv2' }] },
      { targetGroups: ['arn:x:targetgroup/a/1'] },
    ],
  ])('reads %s', (_, group, expected) => {
    expect(snapshot(group)).toMatchObject(expected);
  });

  it('S15: a warm pool that is being deleted is none any more', () => {
    const group = { WarmPoolConfiguration: { MinSize: 2, Status: 'PendingDelete' as const } };
    expect(snapshot(group)).not.toHaveProperty('warmPool');
  });

  it.each([
    ['$Latest', 'latest'],
    ['$Default', 'default'],
    [undefined, 'default'],
    ['12', 'number'],
  ])('template version %s is %s (S18)', (Version, expected) => {
    const LaunchTemplate = { LaunchTemplateId: 'lt-1', ...(Version !== undefined && { Version }) };
    expect(snapshot({ LaunchTemplate }).shape.templateVersion).toBe(expected);
  });

  it('reads a launch configuration as no template, and no warm-up as none', () => {
    const old = snapshot({
      LaunchTemplate: undefined,
      LaunchConfigurationName: 'old',
      DefaultInstanceWarmup: -1,
    });
    expect(old.shape.templateVersion).toBe('none');
    expect(old).not.toHaveProperty('warmup');
  });

  it('reads a mixed policy: types that run first, then those listed, and the Spot share at this size', () => {
    const { shape } = snapshot({
      LaunchTemplate: undefined,
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '$Latest' },
          Overrides: [
            { InstanceType: 'm7i.large' },
            { InstanceType: 'm6i.large' },
            { InstanceType: 'm7a.large' },
          ],
        },
        InstancesDistribution: { OnDemandBaseCapacity: 2, OnDemandPercentageAboveBaseCapacity: 20 },
      },
      Instances: [
        instance({ InstanceType: 'm6i.large' }),
        instance({ InstanceType: 'm6i.large' }),
        instance(),
      ],
      DesiredCapacity: 10,
    });
    expect(shape.instanceTypes).toEqual(['m6i.large', 'm7i.large', 'm7a.large']);
    expect(shape.spotShare).toBeCloseTo(0.8 * 0.8, 9);
    expect(shape.templateVersion).toBe('latest');
  });

  it.each([
    ['Pending', true],
    ['InProgress', true],
    ['Baking', true],
    ['RollbackInProgress', true],
    ['Cancelling', true],
    ['Successful', false],
    ['Failed', false],
    ['RollbackSuccessful', false],
  ] as const)('S14: a refresh that is %s is under way: %s', (Status, isUnderWay) => {
    const { refresh } = snapshot({}, { refreshes: [{ InstanceRefreshId: 'r-1', Status }] });
    expect(refresh).toEqual(isUnderWay ? { id: 'r-1', status: Status } : undefined);
  });
});

describe('looksRefreshed', () => {
  it.each<[string, Partial<AutoScalingGroup>, boolean]>([
    ['a settled group', {}, false],
    [
      'a group on $Latest whose instances agree',
      { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '$Latest' } },
      false,
    ],
    ['an instance on its way', { Instances: [instance(), instance({ LifecycleState: 'Pending' })] }, true],
    [
      'two versions',
      { Instances: [instance(), instance({ LaunchTemplate: { ...TEMPLATE, Version: '8' } })] },
      true,
    ],
    ['two types', { Instances: [instance(), instance({ InstanceType: 'm7g.large' })] }, true],
    [
      'all replaced, the group not yet changed: baking',
      { Instances: [instance({ LaunchTemplate: { ...TEMPLATE, Version: '8' } })] },
      true,
    ],
    ['no instances', { Instances: [] }, false],
  ])('%s: %s', (_, group, expected) => {
    expect(looksRefreshed({ ...GROUP, ...group })).toBe(expected);
  });
});

describe('isBeingDeleted', () => {
  it('goes by the status, which stands only then', () => {
    expect([GROUP, { ...GROUP, Status: 'Delete in progress' }].map(isBeingDeleted)).toEqual([false, true]);
  });
});

describe('architectureOfType', () => {
  it.each([
    ['m7g.large', 'arm64'],
    ['c6gn.xlarge', 'arm64'],
    ['t4g.micro', 'arm64'],
    ['r8gd.large', 'arm64'],
    ['im4gn.large', 'arm64'],
    ['x2gd.medium', 'arm64'],
    ['g5g.xlarge', 'arm64'],
    ['a1.large', 'arm64'],
    ['m7i.large', 'x86_64'],
    ['m7a.large', 'x86_64'],
    ['g4dn.xlarge', 'x86_64'],
    ['g5.xlarge', 'x86_64'],
    ['i4i.large', 'x86_64'],
    ['c7i-flex.large', 'x86_64'],
    ['u-6tb1.56xlarge', 'x86_64'],
  ] as const)('%s is %s', (type, expected) => {
    expect(architectureOfType(type)).toBe(expected);
  });
});
