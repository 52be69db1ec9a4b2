import type { LedgerEntry } from '@evenkeel/core/explain';

/** Tells people: Slack, the bus, a terminal. What is worth a message is decided by the receiver from the entry alone. */
export interface Notices {
  publish(entries: readonly LedgerEntry[]): Promise<void>;
}
