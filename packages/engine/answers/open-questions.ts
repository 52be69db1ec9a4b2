import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { verdictOn } from './answer.ts';
import type { Answering } from './answering.ts';

/** A decision that waits for a yes or a no. */
export interface Question {
  readonly entry: LedgerEntry;
  /** The first minute in which an answer does nothing any more. */
  readonly before: Minute;
}

/** How far back open questions are looked for. */
const RECENT = 300;

/** Decisions of the workload that wait for an answer, the newest first. */
export async function openQuestions(
  answering: Pick<Answering, 'ledger' | 'documents' | 'now'>,
  workload: string,
): Promise<readonly Question[]> {
  const now = minuteOf(answering.now());
  const open: Question[] = [];
  for (const entry of await answering.ledger.recent({ workload, limit: RECENT })) {
    const before = endOf(entry);
    if (before === undefined || before <= now) continue;
    if ((await verdictOn(answering, entry.id)) === undefined) open.push({ entry, before });
  }
  return open;
}

/** Until when an entry may be answered; undefined where it asks nothing. */
function endOf({ decision, outcome }: LedgerEntry): Minute | undefined {
  if (outcome?.kind === 'failed') return undefined;
  if (decision?.kind === 'target') return decision.asks?.expires;
  if (decision?.kind === 'mode-offer') return decision.expires;
  return decision?.kind === 'shape-proposed' && decision.asks ? decision.expires : undefined;
}
