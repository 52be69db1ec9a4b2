import type { Minute } from '@evenkeel/core/quantities';
import {
  createMemoryActivity,
  createMemoryDocuments,
  createMemoryGroupRecords,
  createMemoryHolds,
  createMemoryLedger,
  createMemoryNotices,
  createMemoryProfiles,
  createMemoryScheduledActions,
  createMemorySettings,
  createMemoryTargets,
  type FaultSwitch,
  type MemoryPorts,
} from '@evenkeel/engine/memory';
import { groupKey, type Ports } from '@evenkeel/engine/ports';
import { setPolicies, type TwinGroup } from '../region/twin-group.ts';
import { createTwinGroups } from './twin-groups.ts';
import { createTwinMetrics } from './twin-metrics.ts';

/** What is Evenkeel's own and would be lost with its tables. */
export type Tables = Pick<
  MemoryPorts,
  'ledger' | 'profiles' | 'records' | 'holds' | 'settings' | 'documents'
>;

/** What the provider keeps, whatever becomes of Evenkeel. */
export type Provider = Pick<Ports, 'groups' | 'metrics'> &
  Pick<MemoryPorts, 'scheduledActions' | 'targets' | 'activity' | 'notices'>;

export function createTables(faults: FaultSwitch): Tables {
  return {
    ledger: createMemoryLedger(faults),
    profiles: createMemoryProfiles(faults),
    records: createMemoryGroupRecords(faults),
    holds: createMemoryHolds(faults),
    settings: createMemorySettings(faults),
    documents: createMemoryDocuments(faults),
  };
}

/** The provider's side of the ports, on the region's groups. */
export function createProvider(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  readonly now: () => Minute;
  readonly faults: FaultSwitch;
}): Provider {
  const { groups, now, faults } = options;
  return {
    groups: createTwinGroups(options),
    metrics: createTwinMetrics(options),
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
