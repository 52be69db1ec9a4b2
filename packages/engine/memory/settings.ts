import type { SettingsStore, WorkloadSettings } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

/** Settings in memory. */
export function createMemorySettings(faults: FaultSwitch = { faults: {} }): SettingsStore {
  const saved = new Map<string, WorkloadSettings>();
  return {
    async load(workload) {
      failCall(faults, 'load-settings');
      return saved.get(workload) ?? { expected: [] };
    },
    async save(workload, settings) {
      failCall(faults, 'save-settings');
      saved.set(workload, settings);
    },
  };
}
