import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Instant } from '@evenkeel/core/quantities';
import type { Documents, Ledger, Notices } from '../ports/index.ts';
import type { Actions } from './actions.ts';

/** What people's answers work with, whichever way they come in. */
export interface Answering {
  readonly documents: Documents;
  readonly ledger: Ledger;
  readonly notices: Notices;
  readonly actions: Actions;
  readonly now: () => Instant;
}

/** Writes an answer to the ledger and tells the bus. A bus that is down does not undo an answer: the ledger has it. */
export async function record(answering: Answering, entry: LedgerEntry): Promise<void> {
  await answering.ledger.append([entry]);
  await answering.notices.publish([entry]).catch(() => undefined);
}
