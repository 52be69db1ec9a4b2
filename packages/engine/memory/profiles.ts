import type { Profile } from '@evenkeel/core/forecast';
import type { Profiles, SeriesKey } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryProfiles extends Profiles {
  /** As if the table had been lost. */
  clear(): void;
}

/** Profiles in memory, kept as JSON so that nothing survives that a real table would lose. */
export function createMemoryProfiles(faults: FaultSwitch = { faults: {} }): MemoryProfiles {
  const saved = new Map<SeriesKey, string>();
  return {
    async load(series) {
      failCall(faults, 'load-profile');
      const json = saved.get(series);
      return json === undefined ? undefined : (JSON.parse(json) as Profile);
    },
    async save(series, profile) {
      failCall(faults, 'save-profile');
      saved.set(series, JSON.stringify(profile));
    },
    clear: () => saved.clear(),
  };
}
