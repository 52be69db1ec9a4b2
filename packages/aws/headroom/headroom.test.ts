import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Instant, Minute } from '@evenkeel/core/quantities';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MetricQuery } from '../metrics/metric-data.ts';
import { createHeadrooms } from './headroom.ts';

const NOW = (29_742_240 * 60_000) as Instant;
const autoScaling = mockClient(AutoScalingClient);
const ec2 = mockClient(EC2Client);
const quotas = mockClient(ServiceQuotasClient);

const group = (name: string, subnets: string, type = 'm7g.xlarge') => ({
  AutoScalingGroupName: name,
  VPCZoneIdentifier: subnets,
  MinSize: 2,
  MaxSize: 20,
  DesiredCapacity: 4,
  DefaultCooldown: 300,
  AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
  HealthCheckType: 'EC2',
  CreatedTime: undefined,
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '1' },
      Overrides: [{ InstanceType: type }],
    },
    InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 100 },
  },
});

function make(vcpusOf: (type: string) => number | undefined = () => 4) {
  const asked: (readonly [MetricQuery, Minute, Minute])[] = [];
  const headrooms = createHeadrooms({
    autoScaling: new AutoScalingClient({}),
    ec2: new EC2Client({}),
    quotas: new ServiceQuotasClient({}),
    now: () => NOW,
    vcpusOf,
    read: async (queries, from, to) =>
      queries.map((query) => {
        asked.push([query, from, to]);
        return { minutes: [from, (from + 5) as Minute], values: [320, 486] };
      }),
  });
  return { headrooms, asked };
}

beforeEach(() => {
  for (const mock of [autoScaling, ec2, quotas]) mock.reset();
  autoScaling
    .on(DescribeAutoScalingGroupsCommand)
    .resolvesOnce({ AutoScalingGroups: [group('web', 'subnet-a,subnet-b')], NextToken: 'more' })
    .resolves({ AutoScalingGroups: [group('api', 'subnet-b'), group('old', '')] });
  ec2.on(DescribeSubnetsCommand).resolves({
    Subnets: [
      { SubnetId: 'subnet-a', AvailableIpAddressCount: 3 },
      { SubnetId: 'subnet-b', AvailableIpAddressCount: 20 },
    ],
  });
  quotas.on(GetServiceQuotaCommand).resolves({
    Quota: {
      QuotaCode: 'L-1216C47A',
      QuotaName: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
      Value: 512,
      UsageMetric: {
        MetricNamespace: 'AWS/Usage',
        MetricName: 'ResourceCount',
        MetricDimensions: { Class: 'Standard/OnDemand' },
        MetricStatisticRecommendation: 'Maximum',
      },
    },
  });
});

describe('headroom on AWS', () => {
  it('of all tagged groups takes a call a page, one for the subnets and one for the quota they share', async () => {
    const { headrooms, asked } = make();
    const vcpus = {
      quota: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
      code: 'L-1216C47A',
      allowed: 512,
      peak: 486,
      perInstance: 4,
    };
    expect(await headrooms()).toEqual({
      web: {
        vcpus,
        subnets: [
          { id: 'subnet-a', free: 3 },
          { id: 'subnet-b', free: 20 },
        ],
      },
      api: { vcpus, subnets: [{ id: 'subnet-b', free: 20 }] },
      // Which subnets a group without a list launches into is not known here.
      old: { vcpus },
    });
    expect(autoScaling.commandCalls(DescribeAutoScalingGroupsCommand)[0]!.args[0].input).toMatchObject({
      Filters: [{ Name: 'tag-key', Values: ['evenkeel:workload'] }],
    });
    expect(autoScaling.commandCalls(DescribeAutoScalingGroupsCommand)).toHaveLength(2);
    expect(ec2.commandCalls(DescribeSubnetsCommand)).toHaveLength(1);
    expect(quotas.commandCalls(GetServiceQuotaCommand)).toHaveLength(1);
    // The most of a whole week: the others' usual peak is in it.
    const [, from, to] = asked[0]!;
    expect(to - from).toBeGreaterThanOrEqual(7 * 1440);
  });

  it('of named groups asks for those', async () => {
    await make().headrooms(['web']);
    expect(autoScaling.commandCalls(DescribeAutoScalingGroupsCommand)[0]!.args[0].input).toMatchObject({
      AutoScalingGroupNames: ['web'],
    });
  });

  it('says nothing of what cannot be read, and goes on with the rest', async () => {
    ec2.on(DescribeSubnetsCommand).rejects(Object.assign(new Error('no'), { name: 'UnauthorizedOperation' }));
    expect(Object.keys((await make().headrooms()).web!)).toEqual(['vcpus']);
    subnetsAreBack();
    quotas
      .on(GetServiceQuotaCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    expect(Object.keys((await make().headrooms()).web!)).toEqual(['subnets']);
    expect(Object.keys((await make(() => undefined).headrooms(['web'])).old!)).toEqual([]);
  });

  it('says nothing of a group one of whose subnets is not found', async () => {
    ec2
      .on(DescribeSubnetsCommand)
      .resolves({ Subnets: [{ SubnetId: 'subnet-b', AvailableIpAddressCount: 20 }] });
    const { web, api } = await make().headrooms();
    expect(web).not.toHaveProperty('subnets');
    expect(api).toMatchObject({ subnets: [{ id: 'subnet-b', free: 20 }] });
  });
});

/** The subnets can be read again. */
function subnetsAreBack(): void {
  ec2.on(DescribeSubnetsCommand).resolves({
    Subnets: [
      { SubnetId: 'subnet-a', AvailableIpAddressCount: 3 },
      { SubnetId: 'subnet-b', AvailableIpAddressCount: 20 },
    ],
  });
  autoScaling
    .on(DescribeAutoScalingGroupsCommand)
    .resolves({ AutoScalingGroups: [group('web', 'subnet-a,subnet-b'), group('old', '')] });
}
