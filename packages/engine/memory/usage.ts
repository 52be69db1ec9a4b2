import { type GroupRef, groupKey, type ReadUsage, type UsageReading } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryUsage {
  readonly read: ReadUsage;
  /** From now on every reading of the group is this one. */
  readonly set: (ref: GroupRef, reading: Omit<UsageReading, 'start' | 'period'>) => void;
}

/** Usage in memory: the same samples whatever range is asked for; a group nobody set never reported anything. */
export function createMemoryUsage(faults: FaultSwitch = { faults: {} }): MemoryUsage {
  const groups = new Map<string, Omit<UsageReading, 'start' | 'period'>>();
  return {
    async read(ref, { from, period }) {
      failCall(faults, 'usage', ref);
      return { start: from, period, ...groups.get(groupKey(ref)) };
    },
    set: (ref, reading) => void groups.set(groupKey(ref), reading),
  };
}
