import type { LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { entriesBack } from '../ledger/index.ts';
import { verdictOn } from './answer.ts';
import type { Answering } from './answering.ts';

/** A decision that waits for a yes or a no. */
export interface Question {
  readonly entry: LedgerEntry;
  /** The first minute in which an answer does nothing any more. */
  readonly before: Minute;
}

/** No question stays open longer: an offered mode does for a week. */
const OPEN_MINUTES = 8 * MINUTES_PER_DAY;

/** Decisions of the workload that wait for an answer, the newest first. */
export async function openQuestions(
  answering: Pick<Answering, 'ledger' | 'documents' | 'now'>,
  workload: string,
): Promise<readonly Question[]> {
  const now = minuteOf(answering.now());
  const open: Question[] = [];
  const since = (now - OPEN_MINUTES) as Minute;
  for await (const entry of entriesBack(answering.ledger, { workload, since })) {
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
