import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeImagesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Balancing } from '@evenkeel/core/rollout';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { createShapeFacts, type LivePrice } from './shape-facts.ts';

const scaling = mockClient(AutoScalingClient);
const ec2 = mockClient(EC2Client);
const quotas = mockClient(ServiceQuotasClient);
const NOW = 29_000_000;
const REF = { account: '111122223333', region: 'eu-west-1', name: 'web' };
const ZONES = ['eu-west-1a', 'eu-west-1b'];
const SHAPE = { types: ['m7i.large', 'm6i.large'] };
const GROUP = {
  AutoScalingGroupName: 'web',
  LaunchTemplate: { LaunchTemplateId: 'lt-0a', LaunchTemplateName: 'web', Version: '7' },
  AvailabilityZones: ZONES,
  VPCZoneIdentifier: 'subnet-a,subnet-b',
  TargetGroupARNs: ['arn:tg'],
};
const IN_TURN: Balancing = { algorithm: 'round-robin', slowStart: false };

const awsError = (name: string, message = name) => Object.assign(new Error(message), { name });
const QUOTA = {
  QuotaCode: 'L-1216C47A',
  Value: 640,
  UsageMetric: { MetricNamespace: 'AWS/Usage', MetricName: 'ResourceCount', MetricDimensions: {} },
};

function setGroup(fields: object = {}): void {
  scaling
    .on(DescribeAutoScalingGroupsCommand)
    .resolves({ AutoScalingGroups: [{ ...GROUP, ...fields } as never] });
}

function setTemplate(data: object): void {
  ec2
    .on(DescribeLaunchTemplateVersionsCommand)
    .resolves({ LaunchTemplateVersions: [{ LaunchTemplateData: { ImageId: 'ami-1', ...data } }] });
}

function read({ balancing = IN_TURN, livePrice }: { balancing?: Balancing; livePrice?: LivePrice } = {}) {
  const reader = createShapeFacts({
    autoScaling: new AutoScalingClient({ region: 'eu-west-1' }),
    ec2: new EC2Client({ region: 'eu-west-1' }),
    quotas: new ServiceQuotasClient({ region: 'eu-west-1' }),
    targetGroups: { balancing: async (arns) => (arns.length > 0 ? balancing : undefined) },
    read: async () => [{ minutes: [(NOW - 20) as never], values: [200] }],
    now: sleepingClock(NOW * 60_000).timing.now,
    ...(livePrice && { livePrice }),
  });
  return {
    facts: (shape: Parameters<typeof reader.read>[1] = SHAPE) => reader.read(REF, shape),
    balancing: () => reader.balancing(REF),
  };
}

const launches = () => ec2.commandCalls(RunInstancesCommand).map((each) => each.args[0].input);

beforeEach(() => {
  for (const mock of [scaling, ec2, quotas]) mock.reset();
  setGroup();
  setTemplate({});
  ec2.on(DescribeImagesCommand).resolves({ Images: [{ Architecture: 'x86_64' }] });
  ec2.on(DescribeSubnetsCommand).resolves({
    Subnets: [
      { SubnetId: 'subnet-a', AvailabilityZone: 'eu-west-1a', AvailableIpAddressCount: 12 },
      { SubnetId: 'subnet-b', AvailabilityZone: 'eu-west-1b', AvailableIpAddressCount: 30 },
    ],
  });
  ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({
    InstanceTypeOfferings: SHAPE.types.flatMap((type) =>
      ZONES.map((Location) => ({ InstanceType: type as never, Location })),
    ),
  });
  ec2.on(RunInstancesCommand).rejects(awsError('DryRunOperation', 'Request would have succeeded'));
  quotas.on(GetServiceQuotaCommand).resolves({ Quota: QUOTA });
});

describe('what a preflight reads', () => {
  it('is the template by number, zones, room, image and balancing of the group as it is', async () => {
    expect(await read().facts()).toEqual({
      template: 'lt-0a:7',
      instanceRequirements: false,
      offered: { 'm7i.large': ZONES, 'm6i.large': ZONES },
      vcpuQuota: { used: 200, allowed: 640 },
      freeAddresses: 42,
      imageArchitecture: 'x86_64',
      balancing: IN_TURN,
    });
  });

  it('S26: costs one call of EC2 Auto Scaling', async () => {
    await read().facts();
    expect(scaling.calls()).toHaveLength(1);
    expect(ec2.calls().length + quotas.calls().length).toBe(7);
  });

  it.each(['$Latest', '$Default'])('S18: names the version %s as the group does', async (Version) => {
    setGroup({ LaunchTemplate: { LaunchTemplateId: 'lt-0a', Version } });
    expect((await read().facts()).template).toBe(`lt-0a:${Version}`);
  });

  it('asks the zones of the group only, over all pages', async () => {
    ec2
      .on(DescribeInstanceTypeOfferingsCommand)
      .resolvesOnce({
        InstanceTypeOfferings: [
          { InstanceType: 'm7i.large', Location: 'eu-west-1b' },
          { InstanceType: 'm7i.large', Location: 'eu-west-1c' },
        ],
        NextToken: 'more',
      })
      .resolves({ InstanceTypeOfferings: [{ InstanceType: 'm7i.large', Location: 'eu-west-1a' }] });
    const { offered } = await read().facts();
    expect(offered).toEqual({ 'm7i.large': ['eu-west-1a', 'eu-west-1b'], 'm6i.large': [] });
    const [first] = ec2.commandCalls(DescribeInstanceTypeOfferingsCommand);
    expect(first?.args[0].input.Filters).toEqual([
      { Name: 'instance-type', Values: SHAPE.types },
      { Name: 'location', Values: ZONES },
    ]);
  });

  it('counts the default subnets of the zones where the group names none', async () => {
    setGroup({ VPCZoneIdentifier: undefined });
    await read().facts();
    expect(ec2.commandCalls(DescribeSubnetsCommand)[0]?.args[0].input.Filters).toEqual([
      { Name: 'default-for-az', Values: ['true'] },
      { Name: 'availability-zone', Values: ZONES },
    ]);
  });

  it('takes the image of the other architecture from the template that has it', async () => {
    ec2.on(DescribeLaunchTemplateVersionsCommand).callsFake(({ LaunchTemplateName }) => ({
      LaunchTemplateVersions: [
        { LaunchTemplateData: { ImageId: LaunchTemplateName === 'web-arm64' ? 'ami-2' : 'ami-1' } },
      ],
    }));
    ec2.on(DescribeImagesCommand).callsFake(({ ImageIds }) => ({
      Images: [{ Architecture: ImageIds[0] === 'ami-2' ? 'arm64' : 'x86_64' }],
    }));
    const shape = { types: ['m7g.large'], template: { template: 'web-arm64', version: 3 } };
    const facts = await read().facts(shape);
    expect(facts).toMatchObject({ template: 'lt-0a:7', imageArchitecture: 'arm64' });
    ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({
      InstanceTypeOfferings: [{ InstanceType: 'm7g.large', Location: 'eu-west-1a' }],
    });
    await read().facts(shape);
    expect(launches().at(-1)?.LaunchTemplate).toEqual({ LaunchTemplateName: 'web-arm64', Version: '3' });
  });

  it.each([
    [
      'cannot be seen any more',
      () => ec2.on(DescribeImagesCommand).rejects(awsError('InvalidAMIID.NotFound')),
    ],
    ['is not listed', () => ec2.on(DescribeImagesCommand).resolves({ Images: [] })],
  ])('does not know the architecture of an image that %s', async (_, arrange) => {
    arrange();
    expect(await read().facts()).not.toHaveProperty('imageArchitecture');
  });

  it('S18: tells an image that a parameter names: AWS rolls no such group back', async () => {
    setTemplate({ ImageId: 'resolve:ssm:/web/ami' });
    const facts = await read().facts();
    expect(facts.imageParameter).toBe('resolve:ssm:/web/ami');
    expect(ec2.commandCalls(DescribeImagesCommand)).toHaveLength(0);
  });

  it.each([
    ['the group', () => setGroup(attributeGroup())],
    ['its template', () => setTemplate({ InstanceRequirements: { VCpuCount: { Min: 2 } } })],
  ])('S18: tells attribute-based selection of %s, and asks for no launch', async (_, arrange) => {
    arrange();
    expect((await read().facts()).instanceRequirements).toBe(true);
    expect(launches()).toHaveLength(0);
  });

  it('S21: trusts no balancer it cannot ask about: a classic one beside the target group', async () => {
    setGroup({ LoadBalancerNames: ['old'] });
    expect((await read().facts()).balancing).toEqual({ algorithm: 'other', slowStart: false });
    setGroup({ TargetGroupARNs: [] });
    expect(await read().facts()).not.toHaveProperty('balancing');
  });

  it('S21: tells the balancing alone without asking EC2 or Service Quotas', async () => {
    expect(await read().balancing()).toEqual(IN_TURN);
    expect([ec2.calls().length, quotas.calls().length]).toEqual([0, 0]);
    setGroup({ LoadBalancerNames: ['old'] });
    expect((await read().balancing())?.algorithm).toBe('other');
  });

  it('gives a group with a launch configuration its name, and asks EC2 for no template', async () => {
    setGroup({ LaunchTemplate: undefined, LaunchConfigurationName: 'old' });
    expect((await read().facts()).template).toBe('old');
    expect(ec2.commandCalls(DescribeLaunchTemplateVersionsCommand)).toHaveLength(0);
  });

  it('rejects as not found where the group is gone', async () => {
    scaling.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [] });
    await expect(read().facts()).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('counts vCPUs of the purchase options that the group uses', async () => {
  setGroup({
    LaunchTemplate: undefined,
    DesiredCapacity: 10,
    MixedInstancesPolicy: {
      LaunchTemplate: { LaunchTemplateSpecification: GROUP.LaunchTemplate },
      InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
    },
  });
  await read().facts();
  const codes = quotas.commandCalls(GetServiceQuotaCommand).map((each) => each.args[0].input.QuotaCode);
  expect(codes).toEqual(['L-34B43A08']);
});

describe('S18: prices of today', () => {
  const livePrice: LivePrice = async (type) =>
    ({ 'm6i.large': 0.107, 'm7i.large': 0.112, 't3.large': 0.09 })[type];
  const running = (InstanceType: string, fields: object = {}) =>
    setGroup({ Instances: [{ InstanceType, LifecycleState: 'InService' }], ...fields });

  it('are those of the present and of the first desired type', async () => {
    running('m6i.large');
    const { usdPerInstanceHour } = await read({ livePrice }).facts();
    expect(usdPerInstanceHour).toEqual({ old: 0.107, fresh: 0.112 });
  });

  it.each([
    ['nobody reads prices', () => running('m6i.large'), undefined],
    ['one of them is not known', () => running('m5.large'), livePrice],
    ['credits are charged beside it', () => running('t3.large'), livePrice],
    ['nothing runs', () => setGroup(), livePrice],
    [
      'it is bought as Spot',
      () =>
        running('m6i.large', {
          DesiredCapacity: 1,
          MixedInstancesPolicy: { InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 50 } },
        }),
      livePrice,
    ],
  ])('are left out where %s', async (_, arrange, price) => {
    arrange();
    expect(await read({ ...(price && { livePrice: price }) }).facts()).not.toHaveProperty(
      'usdPerInstanceHour',
    );
  });
});

describe('the dry run', () => {
  it('asks for one instance of each type from the numbered template, in a subnet whose zone offers it', async () => {
    ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({
      InstanceTypeOfferings: [
        { InstanceType: 'm7i.large', Location: 'eu-west-1b' },
        { InstanceType: 'm6i.large', Location: 'eu-west-1a' },
      ],
    });
    expect(await read().facts()).not.toHaveProperty('dryRunRefused');
    const one = { DryRun: true, MinCount: 1, MaxCount: 1 };
    const LaunchTemplate = { LaunchTemplateId: 'lt-0a', Version: '7' };
    expect(launches()).toEqual([
      { ...one, LaunchTemplate, InstanceType: 'm7i.large', SubnetId: 'subnet-b' },
      { ...one, LaunchTemplate, InstanceType: 'm6i.large', SubnetId: 'subnet-a' },
    ]);
  });

  it('puts the subnet into the network interface where the template has one', async () => {
    setTemplate({
      NetworkInterfaces: [{ DeviceIndex: 0, Groups: ['sg-1'], AssociatePublicIpAddress: false }],
    });
    await read().facts();
    expect(launches()[0]).not.toHaveProperty('SubnetId');
    expect(launches()[0]?.NetworkInterfaces).toEqual([
      { DeviceIndex: 0, SubnetId: 'subnet-a', Groups: ['sg-1'], AssociatePublicIpAddress: false },
    ]);
  });

  it.each([
    ['Unsupported', 'The requested configuration is currently not supported'],
    ['InvalidParameterCombination', 'Enhanced networking is required'],
    ['UnauthorizedOperation', 'not authorized to perform: iam:PassRole'],
  ])('tells what AWS has against a type (%s)', async (name, message) => {
    ec2
      .on(RunInstancesCommand)
      .rejects(awsError('DryRunOperation'))
      .on(RunInstancesCommand, { InstanceType: 'm6i.large' })
      .rejects(awsError(name, message));
    const { dryRunRefused } = await read().facts();
    expect(dryRunRefused).toMatch(/^m6i\.large: /);
    expect(dryRunRefused).toContain(name === 'UnauthorizedOperation' ? 'iam:PassRole' : message);
  });

  it.each([
    ['RequestLimitExceeded', 'throttled'],
    ['InternalError', 'unavailable'],
  ])('is no refusal where AWS could not be asked (%s)', async (name, code) => {
    ec2.on(RunInstancesCommand).rejects(awsError(name));
    await expect(read().facts()).rejects.toMatchObject({ code });
  });

  it('names a template that asks for Spot itself, and a version that is not there', async () => {
    setTemplate({ InstanceMarketOptions: { MarketType: 'spot' } });
    expect((await read().facts()).dryRunRefused).toMatch(/lt-0a:7 asks for Spot itself/);
    ec2
      .on(DescribeLaunchTemplateVersionsCommand)
      .rejects(awsError('InvalidLaunchTemplateId.VersionNotFound', 'Could not find the specified version 7'));
    expect((await read().facts()).dryRunRefused).toMatch(/Could not find the specified version 7/);
  });
});

function attributeGroup() {
  return {
    LaunchTemplate: undefined,
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: GROUP.LaunchTemplate,
        Overrides: [{ InstanceRequirements: { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 4096 } } }],
      },
    },
  };
}
