import { type GroupRecord, type GroupRecords, groupKey } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryGroupRecords extends GroupRecords {
  /** As if the table had been lost. */
  clear(): void;
}

/** Group records in memory, kept as JSON so that nothing survives that a real table would lose. */
export function createMemoryGroupRecords(faults: FaultSwitch = { faults: {} }): MemoryGroupRecords {
  const saved = new Map<string, string>();
  return {
    async load(ref) {
      failCall(faults, 'load-record', ref);
      const json = saved.get(groupKey(ref));
      return json === undefined ? undefined : (JSON.parse(json) as GroupRecord);
    },
    async save(ref, record) {
      failCall(faults, 'save-record', ref);
      saved.set(groupKey(ref), JSON.stringify(record));
    },
    async remove(ref) {
      failCall(faults, 'remove-record', ref);
      saved.delete(groupKey(ref));
    },
    clear: () => saved.clear(),
  };
}
