import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Ledger } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryLedger extends Ledger {
  /** Every entry in the order it came. */
  all(): readonly LedgerEntry[];
}

/** A ledger in memory; `entries` lets a saved one be taken up again. */
export function createMemoryLedger(
  faults: FaultSwitch = { faults: {} },
  entries: readonly LedgerEntry[] = [],
): MemoryLedger {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return {
    async append(added) {
      failCall(faults, 'append');
      for (const entry of added) if (!byId.has(entry.id)) byId.set(entry.id, entry);
    },
    async recent({ workload, group, before, limit }) {
      failCall(faults, 'recent');
      return [...byId.values()]
        .filter((entry) => entry.workload === workload && (group === undefined || entry.group === group))
        .filter((entry) => before === undefined || entry.at < before)
        .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
        .slice(0, limit);
    },
    all: () => [...byId.values()],
  };
}
