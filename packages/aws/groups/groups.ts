import {
  type AutoScalingClient,
  type AutoScalingGroup,
  type ScalingPolicy as AwsPolicy,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  type InstanceRefresh,
} from '@aws-sdk/client-auto-scaling';
import { minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { GroupRef, GroupSnapshot, Groups } from '@evenkeel/engine/ports';
import { call, pages, unlessMissing } from '../call.ts';
import type { MetricPeriods } from '../metrics/metric-periods.ts';
import type { StartupTimes } from '../scaling-activities/startup-times.ts';
import type { Timing } from '../time.ts';
import { describePolicies } from './describe-policies.ts';
import { groupSnapshotFrom, isBeingDeleted, looksRefreshed } from './group-snapshot.ts';

export interface GroupsOptions {
  readonly client: AutoScalingClient;
  readonly account: string;
  readonly region: string;
  readonly timing: Timing;
  /** How far apart each group's CPU datapoints are. */
  readonly periods: MetricPeriods;
  readonly startups: StartupTimes;
  /** Lists the groups without the tag too: for looking around before anything is tagged. */
  readonly everyGroup?: boolean;
}

/** The most AWS gives on one page. */
const PAGE = 100;
/** Refreshes that may be read on one page: the newest come first, and only one can be under way. */
const NEWEST_REFRESHES = 5;
/** So many groups have their start-up time measured with one list: a fleet's first lists must not use the bucket up. */
const MEASURED_AT_ONCE = 5;
/** Up to so many groups their policies are asked for one by one; beyond, all policies of the account come in pages of 100. */
const FEW_GROUPS = 3;

/** The groups of one account and region, read with as few calls as the API allows (S26). */
export function createGroups(options: GroupsOptions): Groups {
  const { client, account, region, timing, periods, startups, everyGroup = false } = options;
  const refOf = (group: AutoScalingGroup): GroupRef => ({
    account,
    region,
    name: group.AutoScalingGroupName ?? '',
  });

  const snapshots = async (
    groups: readonly AutoScalingGroup[],
    policies: readonly AwsPolicy[],
    refreshesOf: (group: AutoScalingGroup) => Promise<readonly InstanceRefresh[]>,
  ): Promise<GroupSnapshot[]> => {
    const readAt = minuteOf(timing.now());
    const measured = await periods.of(
      groups.map((group) => ({ ref: refOf(group), running: runningOf(group) })),
    );
    return Promise.all(
      groups.map(async (group, index) =>
        groupSnapshotFrom({
          ref: refOf(group),
          readAt,
          group,
          policies: policies.filter((each) => each.AutoScalingGroupName === group.AutoScalingGroupName),
          refreshes: await refreshesOf(group),
          metricPeriod: measured[index] ?? 5,
          startup: startups.known(refOf(group)),
        }),
      ),
    );
  };

  return {
    async list() {
      const which = everyGroup ? {} : { Filters: [{ Name: 'tag-key', Values: [WORKLOAD_TAG] }] };
      const groups = (await describeGroups(client, which))
        .filter((group) => !isBeingDeleted(group))
        .sort((a, b) => ((a.AutoScalingGroupName ?? '') < (b.AutoScalingGroupName ?? '') ? -1 : 1));
      const policies = await policiesOfAll(
        client,
        groups.map((group) => refOf(group).name),
      );
      const stale = groups
        .map(refOf)
        .filter((ref) => startups.isStale(ref))
        .slice(0, MEASURED_AT_ONCE);
      for (const ref of stale) await startups.measure(ref);
      return snapshots(groups, policies, async (group) =>
        looksRefreshed(group)
          ? ((await unlessMissing(describeRefreshes(client, refOf(group).name))) ?? [])
          : [],
      );
    },

    // A group may be deleted between two of the calls.
    read: (ref) =>
      unlessMissing(
        (async () => {
          const [group] = await describeGroups(client, { AutoScalingGroupNames: [ref.name] });
          if (group === undefined || isBeingDeleted(group)) return undefined;
          const policies = await describePolicies(client, ref.name);
          if (startups.isStale(ref)) await startups.measure(ref);
          const [snapshot] = await snapshots([group], policies, () => describeRefreshes(client, ref.name));
          return snapshot;
        })(),
      ),
  };
}

/** Instances whose CPU shows in the group's metric. */
function runningOf(group: AutoScalingGroup): number {
  return (group.Instances ?? []).filter(({ LifecycleState: state }) => state === 'InService').length;
}

async function describeGroups(
  client: AutoScalingClient,
  which: Pick<DescribeAutoScalingGroupsCommand['input'], 'Filters' | 'AutoScalingGroupNames'>,
): Promise<AutoScalingGroup[]> {
  return pages(async (NextToken) => {
    const command = new DescribeAutoScalingGroupsCommand({ ...which, MaxRecords: PAGE, NextToken });
    const { AutoScalingGroups: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
}

async function policiesOfAll(client: AutoScalingClient, names: readonly string[]): Promise<AwsPolicy[]> {
  if (names.length > FEW_GROUPS) return describePolicies(client, undefined);
  const policies: AwsPolicy[] = [];
  for (const name of names) policies.push(...((await unlessMissing(describePolicies(client, name))) ?? []));
  return policies;
}

async function describeRefreshes(
  client: AutoScalingClient,
  name: string,
): Promise<readonly InstanceRefresh[]> {
  const command = new DescribeInstanceRefreshesCommand({
    AutoScalingGroupName: name,
    MaxRecords: NEWEST_REFRESHES,
  });
  return (await call(client, command)).InstanceRefreshes ?? [];
}
