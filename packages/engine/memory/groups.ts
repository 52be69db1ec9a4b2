import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { type GroupRef, type GroupSnapshot, type Groups, groupKey } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

/** The port and the hand of the test on it. */
export interface MemoryGroups extends Groups {
  /** Makes or replaces a group. */
  set(snapshot: GroupSnapshot): void;
  /** Changes some fields of a group that is there. */
  change(ref: GroupRef, fields: Partial<GroupSnapshot>): void;
  delete(ref: GroupRef): void;
  get(ref: GroupRef): GroupSnapshot | undefined;
}

/** Groups in memory: a table of snapshots. */
export function createMemoryGroups(faults: FaultSwitch = { faults: {} }): MemoryGroups {
  const groups = new Map<string, GroupSnapshot>();
  return {
    async list() {
      failCall(faults, 'list-groups');
      return [...groups.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, group]) => group)
        .filter((group) => WORKLOAD_TAG in group.tags);
    },
    async read(ref) {
      failCall(faults, 'read-group', ref);
      return groups.get(groupKey(ref));
    },
    set(snapshot) {
      groups.set(groupKey(snapshot.ref), snapshot);
    },
    change(ref, fields) {
      const group = groups.get(groupKey(ref));
      if (!group) throw new RangeError(`no group ${ref.name} was set`);
      groups.set(groupKey(ref), { ...group, ...fields });
    },
    delete(ref) {
      groups.delete(groupKey(ref));
    },
    get(ref) {
      return groups.get(groupKey(ref));
    },
  };
}
