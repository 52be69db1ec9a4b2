import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateLaunchTemplateCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { dateOf } from '@evenkeel/aws';
import { type AwsShapePorts, createAwsShapePorts } from '@evenkeel/aws/shapes';
import type { refreshService } from '@evenkeel/aws/testing/refresh-service';
import type { Instant, Minute } from '@evenkeel/core/quantities';
import type { AlarmState, GroupRef } from '@evenkeel/engine/ports';
import { ACCOUNT, CREDENTIALS, openAwsHarness, REGION } from './aws-harness.ts';
import { type FrontRequest, jsonResult } from './front.ts';

/** An image of the emulator's own, for x86_64. */
const IMAGE = 'ami-12c6146b';
export const ZONES = [`${REGION}a`, `${REGION}b`];
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
export async function openShapes() {
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
export type Shapes = Awaited<ReturnType<typeof openShapes>>;

/** A group from version 1 of a launch template, in the default subnets of two zones, behind a load balancer. */
export async function makeGroup(
  { clients }: Shapes,
  { tags = {}, minSize = 2 }: { tags?: Readonly<Record<string, string>>; minSize?: number } = {},
): Promise<{ ref: GroupRef; targetGroup: string }> {
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
      MinSize: minSize,
      MaxSize: 20,
      DesiredCapacity: 4,
      TargetGroupARNs: [targetGroup],
      Tags: Object.entries({ 'evenkeel:workload': 'shop', ...tags }).map(([Key, Value]) => ({
        Key,
        Value,
        PropagateAtLaunch: false,
      })),
    }),
  );
  return { ref: { account: ACCOUNT, region: REGION, name: 'web' }, targetGroup };
}

/** Alarms of the emulator change their state only when told to. */
export async function setState(
  { clients }: Shapes,
  AlarmName: string,
  state: Exclude<AlarmState, 'missing'>,
) {
  const command = new SetAlarmStateCommand({ AlarmName, StateValue: STATES[state], StateReason: 'test' });
  await clients.cloudWatch.send(command);
}

/** Names of the alarms that stand. */
export async function alarmsOf({ clients }: Shapes): Promise<readonly string[]> {
  const { MetricAlarms = [] } = await clients.cloudWatch.send(new DescribeAlarmsCommand({}));
  return MetricAlarms.flatMap(({ AlarmName: name }) => name ?? []).sort();
}

/** What the account runs and may run: the emulator knows no quota of EC2, so that is answered here. */
export async function setVcpus({ aws, clients }: Shapes, used: number): Promise<void> {
  const MetricData = [
    {
      MetricName: QUOTA.UsageMetric.MetricName,
      Dimensions: Object.entries(QUOTA.UsageMetric.MetricDimensions).map(([Name, Value]) => ({
        Name,
        Value,
      })),
      Timestamp: dateOf((aws.now() - 10) as Minute),
      Value: used,
    },
  ];
  await clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/Usage', MetricData }));
}

export function quotaAnswer({ operation }: FrontRequest) {
  return operation === 'GetServiceQuota' ? jsonResult({ Quota: QUOTA }) : undefined;
}

/** The emulator has no instance refreshes: a fake of that part of the API answers in its place. */
export function refreshAnswer(
  { operation, body, userAgent }: FrontRequest,
  provider: ReturnType<typeof refreshService>,
) {
  if (!operation.includes('InstanceRefresh')) return undefined;
  const { status, xml } = provider.answer(body, userAgent);
  return { status, contentType: 'text/xml', body: xml };
}
