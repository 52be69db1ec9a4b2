import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Ledger } from '../ports/index.ts';

/** How far back changes are looked for. */
const RECENT = 500;

/**
 * What of a workload somebody could want back, the newest first: a change of shape under way, and the last change of each group's target
 * where it is not the owner's.
 */
export async function rollbackChoices(ledger: Ledger, workload: string): Promise<readonly LedgerEntry[]> {
  const ended = new Set<string>();
  const seen = new Set<string>();
  const choices: LedgerEntry[] = [];
  for (const entry of await ledger.recent({ workload, limit: RECENT })) {
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
