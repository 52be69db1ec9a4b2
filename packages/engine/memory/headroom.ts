import { type GroupRef, groupKey, type Headroom, type ReadHeadroom } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryHeadroom {
  readonly read: ReadHeadroom;
  /** From now on this is what there is room for. */
  readonly set: (ref: GroupRef, headroom: Headroom) => void;
}

/** Headroom in memory; of a group nobody set nothing is known. */
export function createMemoryHeadroom(faults: FaultSwitch = { faults: {} }): MemoryHeadroom {
  const groups = new Map<string, Headroom>();
  return {
    async read({ ref }) {
      failCall(faults, 'headroom', ref);
      return groups.get(groupKey(ref)) ?? {};
    },
    set: (ref, headroom) => void groups.set(groupKey(ref), headroom),
  };
}
