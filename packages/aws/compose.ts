import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import {
  type GroupRef,
  type GroupSnapshot,
  type Groups,
  groupKey,
  type Ports,
  type ReadUsage,
} from '@evenkeel/engine/ports';
import { createStartupTimes } from './activities/startup-times.ts';
import { createActivity } from './activity/activity.ts';
import { createCallBudget } from './call-budget.ts';
import { type ClientSettings, clientConfig, createAutoScalingClient } from './clients.ts';
import { createGroups } from './groups/groups.ts';
import { createBalancerNames } from './metrics/balancer-names.ts';
import { createMetricReader } from './metrics/metric-data.ts';
import { createMetricPeriods } from './metrics/metric-periods.ts';
import { createMetrics } from './metrics/metrics.ts';
import { usageQueries, usageReadingFrom } from './metrics/usage-reading.ts';
import { createScheduledActions } from './scheduled-actions/scheduled-actions.ts';
import { createTargets } from './targets/targets.ts';
import type { Timing } from './time.ts';

/** One account and region, and how to call it. */
export interface AwsSettings extends ClientSettings {
  readonly account: string;
  /** Calls of EC2 Auto Scaling a second; AWS's bucket is shared with the owner's own tools (S26). */
  readonly autoScalingCallsPerSecond?: number;
  /** The role EventBridge Scheduler takes to give a target back (S8); without it no target is tuned. */
  readonly leaseRoleArn?: string;
  readonly timing: Timing;
}

/** The ports that AWS itself stands behind; stores and notices are the composition's choice. */
export type AwsPorts = Pick<Ports, 'groups' | 'metrics' | 'scheduledActions' | 'targets' | 'activity'> & {
  /** A tick of these groups begins: their demand is then read in full batches, with the first one's. */
  readonly expectTicks: (refs: readonly GroupRef[]) => void;
  /** Ten series a group. */
  readonly usage: ReadUsage;
};

const DEFAULT_CALLS_PER_SECOND = 2;

/** Builds the AWS ports of one account and region. Nothing is called before a port is used. */
export function createAwsPorts(settings: AwsSettings): AwsPorts {
  const { account, region, timing, leaseRoleArn } = settings;
  const autoScaling = autoScalingOf(settings);
  const cloudWatch = new CloudWatchClient(clientConfig(settings));
  const read = createMetricReader(cloudWatch);
  const periods = createMetricPeriods({ read, now: timing.now });
  const { groups, known } = withMemory(
    createGroups({
      client: autoScaling,
      account,
      region,
      timing,
      periods,
      startups: createStartupTimes(autoScaling, timing.now),
    }),
  );
  const metrics = createMetrics({
    read,
    periods,
    now: timing.now,
    group: known,
    balancers: createBalancerNames(cloudWatch, timing.now),
  });
  return {
    groups,
    metrics,
    expectTicks: (refs) => metrics.expectTicks(refs),
    scheduledActions: createScheduledActions({ client: autoScaling, timing }),
    usage: async (ref, range) => {
      const points = await read(usageQueries(ref, range.period), range.from, range.to);
      return usageReadingFrom({ ...range, points });
    },
    targets: createTargets({
      autoScaling,
      scheduler: new SchedulerClient(clientConfig(settings)),
      now: timing.now,
      ...(leaseRoleArn !== undefined && { leaseRoleArn }),
    }),
    activity: createActivity({
      cloudTrail: new CloudTrailClient(clientConfig(settings)),
      cloudFormation: new CloudFormationClient(clientConfig(settings)),
      codeDeploy: new CodeDeployClient(clientConfig(settings)),
      timing,
      group: known,
    }),
  };
}

function autoScalingOf(settings: AwsSettings): AutoScalingClient {
  const perSecond = settings.autoScalingCallsPerSecond ?? DEFAULT_CALLS_PER_SECOND;
  return createAutoScalingClient(settings, createCallBudget({ perSecond, timing: settings.timing }));
}

/** Remembers each group as last read: what metrics need of it (its size, its target groups) costs no call of its own (S26). */
function withMemory(groups: Groups) {
  const latest = new Map<string, GroupSnapshot>();
  const remember = (snapshot: GroupSnapshot): GroupSnapshot => {
    latest.set(groupKey(snapshot.ref), snapshot);
    return snapshot;
  };
  const remembering: Groups = {
    list: async () => (await groups.list()).map(remember),
    read: async (ref) => {
      const snapshot = await groups.read(ref);
      if (snapshot === undefined) latest.delete(groupKey(ref));
      return snapshot && remember(snapshot);
    },
  };
  const known = async (ref: GroupRef): Promise<GroupSnapshot | undefined> =>
    latest.get(groupKey(ref)) ?? remembering.read(ref);
  return { groups: remembering, known };
}
