import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Notices } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryNotices extends Notices {
  readonly published: readonly LedgerEntry[];
}

/** Notices that are only collected. */
export function createMemoryNotices(faults: FaultSwitch = { faults: {} }): MemoryNotices {
  const published: LedgerEntry[] = [];
  return {
    published,
    async publish(entries) {
      failCall(faults, 'publish');
      published.push(...entries);
    },
  };
}
