import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { entriesBack } from '../ledger/index.ts';
import type { Ledger } from '../ports/index.ts';

/** What has stood for longer is changed, not taken back. */
const WANTED_BACK_MINUTES = 30 * MINUTES_PER_DAY;

/**
 * What of a workload somebody could want back, the newest first: a change of shape under way, and the last change of each group's target
 * where it is not the owner's.
 */
export async function rollbackChoices(
  ledger: Ledger,
  workload: string,
  now: Instant,
): Promise<readonly LedgerEntry[]> {
  const since = (minuteOf(now) - WANTED_BACK_MINUTES) as Minute;
  const ended = new Set<string>();
  const seen = new Set<string>();
  const choices: LedgerEntry[] = [];
  for await (const entry of entriesBack(ledger, { workload, since })) {
    const { decision, outcome } = entry;
    if (decision?.kind === 'shape-finished' || decision?.kind === 'shape-rolled-back') {
      ended.add(decision.rollout);
    } else if (decision?.kind === 'shape-started') {
      if (!ended.has(decision.rollout)) choices.push(entry);
      ended.add(decision.rollout);
    } else if (decision?.kind === 'target' && outcome?.kind === 'applied') {
      const group = `${entry.place?.account}/${entry.place?.region}/${entry.group}`;
      if (!seen.has(group) && decision.to !== decision.owner) choices.push(entry);
      seen.add(group);
    } else if (decision?.kind === 'give-back') {
      seen.add(`${entry.place?.account}/${entry.place?.region}/${entry.group}`);
    }
  }
  return choices;
}
