import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { Ports, SettingsStore } from '../ports/index.ts';
import { createMemoryActivity, type MemoryActivity } from './activity.ts';
import { createMemoryDocuments } from './documents.ts';
import type { FaultSwitch } from './faults.ts';
import { createMemoryGroupRecords, type MemoryGroupRecords } from './group-records.ts';
import { createMemoryGroups, type MemoryGroups } from './groups.ts';
import { createMemoryHolds, type MemoryHolds } from './holds.ts';
import { createMemoryLedger, type MemoryLedger } from './ledger.ts';
import { createMemoryMetrics, type MemoryMetrics } from './metrics.ts';
import { createMemoryNotices, type MemoryNotices } from './notices.ts';
import { createMemoryProfiles, type MemoryProfiles } from './profiles.ts';
import { createMemoryScheduledActions, type MemoryScheduledActions } from './scheduled-actions.ts';
import { createMemorySettings } from './settings.ts';
import { createMemoryTargets, type MemoryTargets } from './targets.ts';

/** All ports in memory, each with the extra handles tests and simulated regions need, and one switch for faults. */
export interface MemoryPorts extends Ports {
  readonly groups: MemoryGroups;
  readonly metrics: MemoryMetrics;
  readonly scheduledActions: MemoryScheduledActions;
  readonly targets: MemoryTargets;
  readonly activity: MemoryActivity;
  readonly ledger: MemoryLedger;
  readonly profiles: MemoryProfiles;
  readonly records: MemoryGroupRecords;
  readonly holds: MemoryHolds;
  readonly settings: SettingsStore;
  readonly notices: MemoryNotices;
  readonly faults: FaultSwitch;
}

export interface MemoryPortsOptions {
  readonly now: () => Minute;
  readonly metricDelay?: Minutes;
}

export function createMemoryPorts({ now, metricDelay = 2 }: MemoryPortsOptions): MemoryPorts {
  const faults: FaultSwitch = { faults: {} };
  const groups = createMemoryGroups(faults);
  return {
    faults,
    groups,
    metrics: createMemoryMetrics({ now, metricDelay, faults }),
    scheduledActions: createMemoryScheduledActions({
      now,
      faults,
      exists: (ref) => groups.get(ref) !== undefined,
    }),
    targets: createMemoryTargets({ groups, now, faults }),
    activity: createMemoryActivity(faults),
    ledger: createMemoryLedger(faults),
    profiles: createMemoryProfiles(faults),
    records: createMemoryGroupRecords(faults),
    holds: createMemoryHolds(faults),
    settings: createMemorySettings(faults),
    documents: createMemoryDocuments(faults),
    notices: createMemoryNotices(faults),
  };
}
