import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { type GroupRef, type GroupSnapshot, type Groups, groupKey, type Ports } from '@evenkeel/engine/ports';
import { createActivity } from './activity/activity.ts';
import { createCallBudget } from './call-budget.ts';
import { type ClientSettings, clientConfig, createAutoScalingClient } from './clients.ts';
import { createGroupOfInstance } from './groups/group-of-instance.ts';
import { createGroups } from './groups/groups.ts';
import { createBalancerNames } from './metrics/balancer-names.ts';
import { createMetricReader, type MetricReader } from './metrics/metric-data.ts';
import { createMetricPeriods } from './metrics/metric-periods.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createStartupTimes } from './scaling-activities/startup-times.ts';
import { createScheduledActions } from './scheduled-actions/scheduled-actions.ts';
import type { Timing } from './time.ts';

/** One account and region, and how to call it. */
export interface PlaceSettings extends ClientSettings {
  readonly account: string;
  /** Calls of EC2 Auto Scaling a second; AWS's bucket is shared with the owner's own tools (S26). */
  readonly autoScalingCallsPerSecond?: number;
  /** Lists the groups without the tag too. */
  readonly everyGroup?: boolean;
  readonly timing: Timing;
}

/** Groups, their demand, their floors and what others do to them: what every use case needs, and the roles of rollouts too (S25). */
export type FloorPorts = Pick<Ports, 'groups' | 'metrics' | 'scheduledActions' | 'activity'> &
  Required<Pick<Ports, 'groupOfInstance'>> & {
    /** A tick of these groups begins: their demand is then read in full batches, with the first one's. */
    readonly expectTicks: (refs: readonly GroupRef[]) => void;
  };

/** The clients behind them, for ports that are to share their calls and their memory. */
export interface PlaceClients {
  readonly autoScaling: AutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly read: MetricReader;
}

const DEFAULT_CALLS_PER_SECOND = 2;

/** Nothing is called before a client is used. */
export function createPlaceClients(settings: PlaceSettings): PlaceClients {
  const perSecond = settings.autoScalingCallsPerSecond ?? DEFAULT_CALLS_PER_SECOND;
  const budget = createCallBudget({ perSecond, timing: settings.timing });
  const cloudWatch = new CloudWatchClient(clientConfig(settings));
  return {
    autoScaling: createAutoScalingClient(settings, budget),
    cloudWatch,
    read: createMetricReader(cloudWatch),
  };
}

/** Builds these ports of one account and region. Nothing is called before a port is used. */
export function createFloorPorts(settings: PlaceSettings, clients: PlaceClients): FloorPorts {
  const { account, region, timing, everyGroup = false } = settings;
  const { autoScaling, cloudWatch, read } = clients;
  const periods = createMetricPeriods({ read, now: timing.now });
  const { groups, known } = withMemory(
    createGroups({
      client: autoScaling,
      account,
      region,
      timing,
      periods,
      everyGroup,
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
    groupOfInstance: createGroupOfInstance({ client: autoScaling, account, region }),
    metrics,
    expectTicks: (refs) => metrics.expectTicks(refs),
    scheduledActions: createScheduledActions({ client: autoScaling, timing }),
    activity: createActivity({
      cloudTrail: new CloudTrailClient(clientConfig(settings)),
      cloudFormation: new CloudFormationClient(clientConfig(settings)),
      codeDeploy: new CodeDeployClient(clientConfig(settings)),
      timing,
      group: known,
    }),
  };
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
