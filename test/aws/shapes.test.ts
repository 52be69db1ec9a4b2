import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateLaunchTemplateCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { dateOf } from '@evenkeel/aws';
import { type AwsShapePorts, createAwsShapePorts } from '@evenkeel/aws/shapes';
import { refreshService } from '@evenkeel/aws/testing/refresh-service';
import type { Instant, Minute } from '@evenkeel/core/quantities';
import { guardsFor } from '@evenkeel/core/rollout';
import { guardAlarmsContract } from '@evenkeel/engine/contracts';
import type { AlarmState, GroupRef } from '@evenkeel/engine/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, CREDENTIALS, openAwsHarness, REGION } from './aws-harness.ts';
import { jsonResult } from './front.ts';

/** An image of the emulator's own, for x86_64. */
const IMAGE = 'ami-12c6146b';
const ZONES = [`${REGION}a`, `${REGION}b`];
const STATES = { ok: 'OK', alarm: 'ALARM', 'insufficient-data': 'INSUFFICIENT_DATA' } as const;
const QUOTA = {
  QuotaCode: 'L-1216C47A',
  Value: 640,
  UsageMetric: {
    MetricNamespace: 'AWS/Usage',
    MetricName: 'ResourceCount',
    MetricDimensions: { Service: 'EC2', Type: 'Resource', Resource: 'vCPU', Class: 'Standard/OnDemand' },
    MetricStatisticRecommendation: 'Maximum',
  },
};

/** An account of the emulator with the ports of rollouts on it, and a hand for what owners make. */
async function openShapes() {
  const aws = await openAwsHarness();
  const settings = { region: REGION, endpoint: aws.front.endpoint, credentials: CREDENTIALS, maxAttempts: 1 };
  const clients = {
    autoScaling: new AutoScalingClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    ec2: new EC2Client(settings),
    balancing: new ElasticLoadBalancingV2Client(settings),
  };
  const ports: AwsShapePorts = createAwsShapePorts({
    ...settings,
    account: ACCOUNT,
    stage: 'test',
    autoScalingCallsPerSecond: 1_000_000,
    timing: { now: () => (aws.now() * 60_000 + 1) as Instant, sleep: async () => {} },
  });
  return { aws, clients, ports };
}
type Shapes = Awaited<ReturnType<typeof openShapes>>;

/** A group from version 1 of a launch template, in the default subnets of two zones, behind a load balancer. */
async function makeGroup({ clients }: Shapes): Promise<{ ref: GroupRef; targetGroup: string }> {
  const { Subnets = [] } = await clients.ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'availability-zone', Values: ZONES }] }),
  );
  const subnets = Subnets.flatMap(({ SubnetId: id }) => id ?? []);
  const { LaunchTemplate: template } = await clients.ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      LaunchTemplateData: { ImageId: IMAGE, InstanceType: 'm5.large' },
    }),
  );
  const { TargetGroups = [] } = await clients.balancing.send(
    new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: Subnets[0]?.VpcId }),
  );
  const targetGroup = TargetGroups[0]?.TargetGroupArn ?? '';
  const { LoadBalancers = [] } = await clients.balancing.send(
    new CreateLoadBalancerCommand({ Name: 'shop', Subnets: subnets }),
  );
  await clients.balancing.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
    }),
  );
  await clients.autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web',
      LaunchTemplate: { LaunchTemplateId: template?.LaunchTemplateId, Version: '1' },
      VPCZoneIdentifier: subnets.join(','),
      MinSize: 2,
      MaxSize: 20,
      DesiredCapacity: 4,
      TargetGroupARNs: [targetGroup],
      Tags: [{ Key: 'evenkeel:workload', Value: 'shop', PropagateAtLaunch: false }],
    }),
  );
  return { ref: { account: ACCOUNT, region: REGION, name: 'web' }, targetGroup };
}

async function setState({ clients }: Shapes, AlarmName: string, state: Exclude<AlarmState, 'missing'>) {
  const command = new SetAlarmStateCommand({ AlarmName, StateValue: STATES[state], StateReason: 'test' });
  await clients.cloudWatch.send(command);
}

guardAlarmsContract('CloudWatch on the emulator', async () => {
  const shapes = await openShapes();
  return {
    now: () => shapes.aws.now(),
    port: shapes.ports.guardAlarms,
    makeGroup: async () => (await makeGroup(shapes)).ref,
    missingGroup: () => ({ account: ACCOUNT, region: REGION, name: 'no-such-group' }),
    async setOwners(AlarmName, state) {
      const command = new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'Shop',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 1,
      });
      await shapes.clients.cloudWatch.send(command);
      await setState(shapes, AlarmName, state);
    },
    close: () => shapes.aws.close(),
  };
});

describe('a change of shape, against the emulator', () => {
  let shapes: Shapes;
  let ref: GroupRef;
  let targetGroup: string;

  beforeEach(async () => {
    shapes = await openShapes();
    ({ ref, targetGroup } = await makeGroup(shapes));
    await shapes.clients.cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: 'AWS/Usage',
        MetricData: [
          {
            MetricName: 'ResourceCount',
            Dimensions: Object.entries(QUOTA.UsageMetric.MetricDimensions).map(([Name, Value]) => ({
              Name,
              Value,
            })),
            Timestamp: dateOf((shapes.aws.now() - 10) as Minute),
            Value: 208,
          },
        ],
      }),
    );
    shapes.aws.front.interceptor = ({ operation }) =>
      operation === 'GetServiceQuota' ? jsonResult({ Quota: QUOTA }) : undefined;
  });
  afterEach(() => shapes.aws.close());

  it('a preflight reads template, zones, room, image, balancing and the dry run', async () => {
    const types = ['m6i.large', 'm5.xlarge'];
    const facts = await shapes.ports.shapeFacts.read(ref, { types });
    expect(facts).toMatchObject({
      template: expect.stringMatching(/^lt-[0-9a-f]+:1$/),
      instanceRequirements: false,
      offered: { 'm6i.large': ZONES, 'm5.xlarge': ZONES },
      vcpuQuota: { used: 208, allowed: 640 },
      imageArchitecture: 'x86_64',
      balancing: { algorithm: 'round-robin', slowStart: false },
    });
    expect(facts.freeAddresses).toBeGreaterThan(1000);
    expect(facts).not.toHaveProperty('dryRunRefused');
    const launches = shapes.aws.front.requests.filter(({ operation }) => operation === 'RunInstances');
    expect(launches).toHaveLength(2);
    for (const { body } of launches) expect(body).toContain('DryRun=true');
  });

  it('S21: a preflight sees that the load balancer watches how busy targets are', async () => {
    const command = new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: targetGroup,
      Attributes: [
        { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
        { Key: 'slow_start.duration_seconds', Value: '60' },
      ],
    });
    await shapes.clients.balancing.send(command);
    const { balancing } = await shapes.ports.shapeFacts.read(ref, { types: ['m6i.large'] });
    expect(balancing).toEqual({ algorithm: 'other', slowStart: true });
  });

  it("S20: guards of the group's own load balancer are made, watched by the refresh, and taken away", async () => {
    const { guards } = guardsFor({ group: 'web', targetGroups: [targetGroup], size: 4, usualLatency: 0.2 });
    const names = guards.map(({ name }) => name);
    await shapes.ports.guardAlarms.create(ref, guards, { decisionId: 'd-1' });
    const { MetricAlarms: made = [] } = await shapes.clients.cloudWatch.send(new DescribeAlarmsCommand({}));
    expect(made.map(({ AlarmName }) => AlarmName).sort()).toEqual(names.toSorted());
    const put = shapes.aws.front.requests.filter(({ operation }) => operation === 'PutMetricAlarm');
    expect(put).toHaveLength(names.length);
    for (const { userAgent } of put) expect(userAgent).toContain('evenkeel-decision/d-1');

    const provider = refreshService(() => shapes.aws.now());
    provider.addGroup('web', { LaunchTemplateName: 'web', Version: '1' });
    playRefreshes(shapes, provider);
    const begin = () =>
      shapes.ports.refreshes.start(
        ref,
        { types: ['m6i.large'] },
        { maxHealthyPercent: 125, checkpoints: [25, 100], checkpointDelay: 60, bake: 30, alarms: names },
        { decisionId: 'd-1' },
      );
    await expect(begin()).rejects.toMatchObject({ code: 'invalid' });
    for (const name of names) {
      await setState(shapes, name, 'ok');
      provider.alarms.set(name, 'OK');
    }
    expect(new Set(await shapes.ports.guardAlarms.states(ref, names))).toEqual(new Set(['ok']));
    const id = await begin();
    await shapes.ports.refreshes.rollBack(ref, { decisionId: 'd-1' });
    expect(await shapes.ports.refreshes.latest(ref)).toMatchObject({ id, status: 'rolling-back' });

    await shapes.ports.guardAlarms.remove(ref, names, { decisionId: 'd-1' });
    expect(new Set(await shapes.ports.guardAlarms.states(ref, names))).toEqual(new Set(['missing']));
  });

  it('instances are read one by one, each with its own CPU', async () => {
    const { now } = shapes.aws;
    const from = (now() - 30) as Minute;
    const before = await shapes.ports.instanceMetrics.read(ref, from, now());
    expect(before.instances).toHaveLength(4);
    const MetricData = before.instances.flatMap(({ id }, index) =>
      Array.from({ length: 30 }, (_, minute) => ({
        MetricName: 'CPUUtilization',
        Dimensions: [{ Name: 'InstanceId', Value: id }],
        Timestamp: dateOf((from + minute) as Minute),
        Value: 10 * (index + 1),
      })),
    );
    await shapes.clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }));
    const { instances, intervalMinutes } = await shapes.ports.instanceMetrics.read(ref, from, now());
    expect(intervalMinutes).toBe(5);
    const cpu = instances.map((each) => [...each.cpu].map((value) => Math.round(100 * value)));
    expect(cpu).toEqual([10, 20, 30, 40].map((percent) => Array.from({ length: 6 }, () => percent)));
    expect(instances.every(({ type, healthy }) => type === 'm5.large' && healthy)).toBe(true);
  });
});

/** The emulator has no instance refreshes: a fake of that part of the API answers in its place. */
function playRefreshes({ aws }: Shapes, provider: ReturnType<typeof refreshService>): void {
  aws.front.interceptor = ({ operation, body, userAgent }) => {
    if (!operation.includes('InstanceRefresh')) return undefined;
    const { status, xml } = provider.answer(body, userAgent);
    return { status, contentType: 'text/xml', body: xml };
  };
}
