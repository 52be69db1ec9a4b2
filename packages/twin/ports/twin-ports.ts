import type { Minute } from '@evenkeel/core/quantities';
import type { Guard } from '@evenkeel/core/rollout';
import {
  createMemoryActivity,
  createMemoryDocuments,
  createMemoryGroupRecords,
  createMemoryGuardAlarms,
  createMemoryHolds,
  createMemoryLedger,
  createMemoryNotices,
  createMemoryProfiles,
  createMemoryRefreshes,
  createMemoryScheduledActions,
  createMemorySettings,
  createMemoryTargets,
  type FaultSwitch,
  type MemoryGuardAlarms,
  type MemoryPorts,
  type MemoryRefreshes,
} from '@evenkeel/engine/memory';
import {
  type AlarmState,
  type GuardReading,
  groupKey,
  type Ports,
  type ShapePorts,
  type Stores,
} from '@evenkeel/engine/ports';
import { createApprovals } from '@evenkeel/engine/rollout';
import { shapeOf } from '../refresh/play-refresh.ts';
import { createTwinFacts, type TwinFacts } from '../refresh/twin-facts.ts';
import { createTwinInstances } from '../refresh/twin-instances.ts';
import { setPolicies, type TwinGroup } from '../region/twin-group.ts';
import { createTwinGroups } from './twin-groups.ts';
import { createTwinHeadroom, type TwinHeadroom } from './twin-headroom.ts';
import { createTwinMetrics, guardAt, newestShown } from './twin-metrics.ts';
import { createTwinUsage } from './twin-usage.ts';

/** What is Evenkeel's own and would be lost with its tables. */
export type Tables = Pick<MemoryPorts, keyof Stores> & Pick<ShapePorts, 'approvals'>;

/** What the provider keeps, whatever becomes of Evenkeel. */
export type Provider = Pick<Ports, 'groups' | 'metrics'> &
  Required<Pick<Ports, 'usage'>> &
  Pick<MemoryPorts, 'scheduledActions' | 'targets' | 'activity' | 'notices'> &
  Pick<ShapePorts, 'instanceMetrics'> & {
    readonly refreshes: MemoryRefreshes;
    readonly guardAlarms: MemoryGuardAlarms;
    readonly shapeFacts: TwinFacts;
    readonly limits: TwinHeadroom['set'];
  } & Required<Pick<Ports, 'headroom'>>;

export function createTables(faults: FaultSwitch): Tables {
  const documents = createMemoryDocuments(faults);
  return {
    ledger: createMemoryLedger(faults),
    profiles: createMemoryProfiles(faults),
    records: createMemoryGroupRecords(faults),
    holds: createMemoryHolds(faults),
    settings: createMemorySettings(faults),
    documents,
    approvals: createApprovals(documents),
  };
}

/** The provider's side of the ports, on the region's groups. */
export function createProvider(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  readonly now: () => Minute;
  readonly faults: FaultSwitch;
}): Provider {
  const { groups, now, faults } = options;
  const guardAlarms = createMemoryGuardAlarms({
    now,
    faults,
    evaluate: (ref, guard, at) => {
      const group = groups.get(groupKey(ref));
      return group ? stateOf(guard, guardAt(group, Math.min(at, newestShown(group, at)) as Minute)) : 'ok';
    },
  });
  const refreshes = createMemoryRefreshes({
    now,
    faults,
    alarms: guardAlarms,
    group: (ref) => {
      const group = groups.get(groupKey(ref));
      return group && { shape: shapeOf(group), desired: group.desired };
    },
  });
  const headroom = createTwinHeadroom({ groups, now, faults });
  return {
    headroom: headroom.read,
    limits: headroom.set,
    refreshes,
    guardAlarms,
    shapeFacts: createTwinFacts({ groups, faults }),
    instanceMetrics: createTwinInstances({ groups, faults, newest: (group) => newestShown(group, now()) }),
    groups: createTwinGroups({ ...options, refreshOf: (ref) => refreshes.of(ref) }),
    metrics: createTwinMetrics(options),
    usage: createTwinUsage({ groups, faults, newest: (group) => newestShown(group, now()) }),
    scheduledActions: createMemoryScheduledActions({
      now,
      faults,
      exists: (ref) => groups.has(groupKey(ref)),
    }),
    targets: createMemoryTargets({
      now,
      faults,
      groups: {
        get: (ref) => groups.get(groupKey(ref)),
        change(ref, { policies }) {
          const group = groups.get(groupKey(ref));
          if (group) setPolicies(group, policies);
        },
      },
    }),
    activity: createMemoryActivity(faults),
    notices: createMemoryNotices(faults),
  };
}

/** A guard judged by what the group shows now; what it does not show is ignored (S20). */
function stateOf(guard: Guard, shown: GuardReading): AlarmState {
  if (guard.kind === 'named') return 'missing';
  const value = {
    'unhealthy-hosts': shown.unhealthyHosts,
    'target-5xx': shown.errorShare,
    latency: shown.latencySeconds,
    'dead-man': undefined,
  }[guard.kind];
  return value !== undefined && value >= guard.threshold ? 'alarm' : 'ok';
}
