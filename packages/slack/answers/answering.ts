import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Instant } from '@evenkeel/core/quantities';
import type { Tier } from '@evenkeel/core/workload';
import type { Documents, Ledger, Notices } from '@evenkeel/engine/ports';
import type { Outbox } from '../delivery/outbox.ts';
import type { Actions } from './actions.ts';
import type { Members, WhoMay } from './who-may.ts';

/** Everything answering works with. */
export interface Answering {
  readonly documents: Documents;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly notices: Notices;
  readonly actions: Actions;
  readonly who: WhoMay;
  readonly members: Members;
  /** The tier of a workload as its tags say now; undefined where no group carries the name. */
  readonly tierOf: (workload: string) => Promise<Tier | undefined>;
  /** A private reply, by the address that came with the request: five in thirty minutes at the most. */
  readonly reply: (responseUrl: string | undefined, text: string) => Promise<void>;
  readonly now: () => Instant;
}

/** Writes an answer to the ledger and tells the bus. A bus that is down does not undo an answer: the ledger has it. */
export async function record(answering: Answering, entry: LedgerEntry): Promise<void> {
  await answering.ledger.append([entry]);
  await answering.notices.publish([entry]).catch(() => undefined);
}
