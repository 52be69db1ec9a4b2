import type { LedgerEntry } from '@evenkeel/core/explain';
import { compose } from './compose.ts';
import { foldFleetWide } from './fold.ts';
import type { Message } from './message.ts';
import { tell } from './tell.ts';

/**
 * The messages that ledger entries are worth, in order of time: the same thing once, however often it is decided, and
 * a fleet-wide event as one message. Routine gives no message.
 */
export function messagesOf(entries: readonly LedgerEntry[]): readonly Message[] {
  return foldFleetWide(eachOnce(entries));
}

/** The messages before folding: one for each thing worth it, the first of those with the same key. */
export function eachOnce(entries: readonly LedgerEntry[]): readonly Message[] {
  const ordered = [...entries].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const once = new Map<string, Message>();
  for (const entry of ordered) {
    for (const told of tell(entry)) {
      const message = compose(told, entry);
      if (!once.has(message.dedupeKey)) once.set(message.dedupeKey, message);
    }
  }
  return [...once.values()];
}
