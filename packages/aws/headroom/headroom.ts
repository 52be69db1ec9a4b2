import {
  type AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeSubnetsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { MINUTES_PER_WEEK, minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { Headroom } from '@evenkeel/engine/ports';
import { call, inBatches, pages } from '../call.ts';
import { groupShapeFrom } from '../groups/group-shape.ts';
import type { MetricReader } from '../metrics/metric-data.ts';
import { readVcpuQuota } from '../shape-facts/vcpu-quota.ts';
import type { Timing } from '../time.ts';

export interface HeadroomOptions {
  readonly autoScaling: AutoScalingClient;
  readonly ec2: EC2Client;
  readonly quotas: ServiceQuotasClient;
  readonly read: MetricReader;
  readonly now: Timing['now'];
  /** vCPUs of a type; undefined where nobody knows. */
  readonly vcpusOf: (type: string) => number | undefined;
}

/** Headroom by the group's name. */
export type Headrooms = Readonly<Record<string, Headroom>>;

/** A page of groups, and what one call of DescribeSubnets takes comfortably. */
const PAGE = 100;

/**
 * Reads what quota and subnets have room for, for the groups that carry the tag, or for those named. Few calls however many groups: one for a
 * hundred of them, one for a hundred subnets, two for a quota. A part that AWS does not say is absent.
 */
export function createHeadrooms(options: HeadroomOptions): (names?: readonly string[]) => Promise<Headrooms> {
  return async (names) => {
    const groups = await describe(options.autoScaling, names);
    const free = await freeAddresses(options.ec2, groups).catch(() => undefined);
    const quotas = new Map<string, Promise<Headroom['vcpus']>>();
    const all: [string, Headroom][] = [];
    for (const group of groups) {
      const { instanceTypes, spotShare } = groupShapeFrom(group);
      const key = `${instanceTypes.join()} ${spotShare > 0} ${spotShare < 1}`;
      const asked = quotas.get(key) ?? quotaOf(options, instanceTypes, spotShare);
      quotas.set(key, asked);
      const vcpus = await asked;
      const subnets = free && subnetsOf(group, free);
      all.push([group.AutoScalingGroupName ?? '', { ...(vcpus && { vcpus }), ...(subnets && { subnets }) }]);
    }
    return Object.fromEntries(all);
  };
}

async function describe(
  client: AutoScalingClient,
  names: readonly string[] | undefined,
): Promise<readonly AutoScalingGroup[]> {
  const which =
    names === undefined
      ? [{ Filters: [{ Name: 'tag-key', Values: [WORKLOAD_TAG] }] }]
      : inBatches(names, PAGE).map((some) => ({ AutoScalingGroupNames: [...some] }));
  const found: AutoScalingGroup[] = [];
  for (const each of which) {
    found.push(
      ...(await pages(async (NextToken) => {
        const command = new DescribeAutoScalingGroupsCommand({ ...each, MaxRecords: PAGE, NextToken });
        const answer = await call(client, command);
        return { items: answer.AutoScalingGroups ?? [], token: answer.NextToken };
      })),
    );
  }
  return found;
}

async function freeAddresses(
  client: EC2Client,
  groups: readonly AutoScalingGroup[],
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(groups.flatMap(subnetIds))].sort();
  const free = new Map<string, number>();
  for (const some of inBatches(ids, PAGE)) {
    const subnets = await pages(async (NextToken) => {
      const command = new DescribeSubnetsCommand({
        Filters: [{ Name: 'subnet-id', Values: [...some] }],
        NextToken,
      });
      const { Subnets: items = [], NextToken: token } = await call(client, command);
      return { items, token };
    });
    for (const { SubnetId: id, AvailableIpAddressCount: count } of subnets) {
      if (id !== undefined && count !== undefined) free.set(id, count);
    }
  }
  return free;
}

function subnetIds({ VPCZoneIdentifier: ids = '' }: AutoScalingGroup): readonly string[] {
  return ids
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

/** Absent where the group names none, or one of them was not found: then the sum would be too small. */
function subnetsOf(
  group: AutoScalingGroup,
  free: ReadonlyMap<string, number>,
): NonNullable<Headroom['subnets']> | undefined {
  const ids = subnetIds(group);
  if (ids.length === 0 || ids.some((id) => !free.has(id))) return undefined;
  return ids.map((id) => ({ id, free: free.get(id)! }));
}

async function quotaOf(
  { quotas, read, now, vcpusOf }: HeadroomOptions,
  types: readonly string[],
  spotShare: number,
): Promise<Headroom['vcpus']> {
  const [present] = types;
  const perInstance = present === undefined ? undefined : vcpusOf(present);
  if (present === undefined || perInstance === undefined) return undefined;
  try {
    const question = { types: [present], spotShare, now: minuteOf(now()), lookBack: MINUTES_PER_WEEK };
    const { used, allowed, name, code } = await readVcpuQuota(quotas, read, question);
    return { quota: name, code, allowed, peak: used, perInstance };
  } catch {
    // No figure is no limit to warn of.
    return undefined;
  }
}
