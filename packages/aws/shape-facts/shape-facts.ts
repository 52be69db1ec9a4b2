import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { EC2Client, ResponseLaunchTemplateData, Subnet } from '@aws-sdk/client-ec2';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { minuteOf } from '@evenkeel/core/quantities';
import type { Balancing } from '@evenkeel/core/rollout';
import type { DesiredShape, ShapeFacts, ShapeFactsReader } from '@evenkeel/engine/ports';
import type { TargetGroups } from '../balancers/target-groups.ts';
import { AwsError } from '../errors.ts';
import { describeGroup } from '../groups/describe-group.ts';
import { groupShapeFrom, templateOf } from '../groups/group-shape.ts';
import { targetGroupsOf } from '../groups/group-snapshot.ts';
import type { MetricReader } from '../metrics/metric-data.ts';
import { hasInstanceRequirements, named } from '../refreshes/desired-configuration.ts';
import type { Timing } from '../time.ts';
import { dryRun } from './dry-run.ts';
import {
  hasImageParameter,
  readArchitecture,
  readTemplate,
  type TemplateVersion,
  templateName,
} from './launch-template.ts';
import { readOffered } from './offerings.ts';
import { freeAddressesOf, readSubnets } from './subnets.ts';
import { readVcpuQuota } from './vcpu-quota.ts';

export interface ShapeFactsOptions {
  readonly autoScaling: AutoScalingClient;
  readonly ec2: EC2Client;
  readonly quotas: ServiceQuotasClient;
  readonly targetGroups: Pick<TargetGroups, 'balancing'>;
  /** Reads CloudWatch: the vCPUs in use are a metric. */
  readonly read: MetricReader;
  readonly now: Timing['now'];
  /** List price of an On-Demand instance as AWS tells it these days, USD an hour; undefined where only an old one is known. */
  readonly livePrice?: LivePrice;
}

export type LivePrice = (type: string) => Promise<number | undefined>;

/** Reads everything anew each time: a preflight is rare, and decides (about ten calls, one of them of EC2 Auto Scaling). */
export function createShapeFacts(options: ShapeFactsOptions): ShapeFactsReader {
  const { autoScaling, ec2, quotas, targetGroups, read, now } = options;
  return {
    async balancing(ref) {
      const group = await describeGroup(autoScaling, ref);
      return balancingOf(group, await targetGroups.balancing(targetGroupsOf(group)));
    },

    async read(ref, desired) {
      const group = await describeGroup(autoScaling, ref);
      const { spotShare } = groupShapeFrom(group);
      const question = { types: desired.types, spotShare, now: minuteOf(now()) };
      const [offered, subnets, vcpuQuota, dealt] = await Promise.all([
        readOffered(ec2, desired.types, group.AvailabilityZones ?? []),
        readSubnets(ec2, group),
        readVcpuQuota(quotas, read, question),
        targetGroups.balancing(targetGroupsOf(group)),
      ]);
      const launch = await readLaunch(ec2, { group, desired, offered, subnets });
      const balancing = balancingOf(group, dealt);
      const usdPerInstanceHour = await pricesOf(group, desired, options.livePrice);
      return {
        ...launch,
        offered,
        vcpuQuota: { used: vcpuQuota.used, allowed: vcpuQuota.allowed },
        freeAddresses: freeAddressesOf(subnets),
        ...(balancing && { balancing }),
        ...(usdPerInstanceHour && { usdPerInstanceHour }),
      };
    },
  };
}

/** S18: prices are compared where the list price is what an instance costs: not where it is bought as Spot, nor where credits are charged. */
async function pricesOf(
  group: AutoScalingGroup,
  { types: [next] }: DesiredShape,
  livePrice: LivePrice | undefined,
): Promise<ShapeFacts['usdPerInstanceHour']> {
  const { instanceTypes, spotShare } = groupShapeFrom(group);
  const [present] = instanceTypes;
  if (!livePrice || present === undefined || next === undefined || spotShare > 0) return undefined;
  if ([present, next].some((type) => /^t\d/.test(type))) return undefined;
  const [old, fresh] = [await livePrice(present), await livePrice(next)];
  return old === undefined || fresh === undefined ? undefined : { old, fresh };
}

/** A classic load balancer or a lattice service beside the target groups deals out as it likes. */
function balancingOf(group: AutoScalingGroup, dealt: Balancing | undefined): Balancing | undefined {
  const others = [
    ...(group.LoadBalancerNames ?? []),
    ...(group.TrafficSources ?? []).filter(({ Type: type }) => type === 'elb' || type === 'vpc-lattice'),
  ];
  return others.length === 0 ? dealt : { algorithm: 'other', slowStart: dealt?.slowStart ?? false };
}

interface LaunchQuestion {
  readonly group: AutoScalingGroup;
  readonly desired: DesiredShape;
  readonly offered: ShapeFacts['offered'];
  readonly subnets: readonly Subnet[];
}

type LaunchFacts = Pick<
  ShapeFacts,
  'template' | 'instanceRequirements' | 'imageArchitecture' | 'imageParameter' | 'dryRunRefused'
>;

/** What would be launched, and what AWS says to it. */
async function readLaunch(ec2: EC2Client, question: LaunchQuestion): Promise<LaunchFacts> {
  const { group, desired } = question;
  const own = ownTemplate(group);
  if (own === undefined) {
    return { template: group.LaunchConfigurationName ?? 'none', instanceRequirements: false };
  }
  const next = desired.template
    ? { ...named(desired.template.template), Version: String(desired.template.version) }
    : own;
  const facts = { template: templateName(own), instanceRequirements: hasInstanceRequirements(group) };
  try {
    const data = await readTemplate(ec2, own);
    const launched = desired.template ? await readTemplate(ec2, next) : data;
    const imageArchitecture = await readArchitecture(ec2, launched.ImageId);
    const imageParameter = [data, launched].find(hasImageParameter)?.ImageId;
    const instanceRequirements =
      facts.instanceRequirements || [data, launched].some((each) => each.InstanceRequirements !== undefined);
    const refused = instanceRequirements ? undefined : await refusalOf(ec2, question, { next, launched });
    return {
      ...facts,
      instanceRequirements,
      ...(imageArchitecture && { imageArchitecture }),
      ...(imageParameter !== undefined && { imageParameter }),
      ...(refused !== undefined && { dryRunRefused: refused }),
    };
  } catch (error) {
    // A template that is not there, or a version of it: nothing could be launched from it.
    if (!(error instanceof AwsError) || error.meaning !== 'not-found') throw error;
    return { ...facts, dryRunRefused: error.message };
  }
}

function ownTemplate(group: AutoScalingGroup): TemplateVersion | undefined {
  const template = templateOf(group);
  if (!template) return undefined;
  const { LaunchTemplateId, LaunchTemplateName, Version = '$Default' } = template;
  return LaunchTemplateId === undefined ? { LaunchTemplateName, Version } : { LaunchTemplateId, Version };
}

/** The first thing AWS has against launching one of the types. */
async function refusalOf(
  ec2: EC2Client,
  { desired, offered, subnets }: LaunchQuestion,
  { next, launched }: { readonly next: TemplateVersion; readonly launched: ResponseLaunchTemplateData },
): Promise<string | undefined> {
  if (launched.InstanceMarketOptions?.MarketType === 'spot') {
    return `launch template ${templateName(next)} asks for Spot itself, and EC2 Auto Scaling takes no list of types beside it; move the purchase option into a mixed instances policy`;
  }
  for (const type of desired.types) {
    const zones = offered[type] ?? [];
    // Where no zone offers it there is nothing to ask; that is an excuse of its own.
    if (zones.length === 0) continue;
    const subnet = subnets.find(({ AvailabilityZone: zone }) => zone !== undefined && zones.includes(zone));
    const refused = await dryRun(ec2, { template: next, data: launched, type, subnet: subnet?.SubnetId });
    if (refused !== undefined) return refused;
  }
  return undefined;
}
