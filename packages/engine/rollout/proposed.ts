import type { LedgerEntry } from '@evenkeel/core/explain';
import type { RolloutRequest } from '../ports/index.ts';

/**
 * What is to be carried out of these entries: proposals that ask for an answer, and those that the mode lets go ahead. What was only told
 * (mode recommend, nothing to roll back to, rollouts switched off) is not.
 */
export function requestsOf(entries: readonly LedgerEntry[]): readonly RolloutRequest[] {
  return entries.flatMap((entry) => requestOf(entry) ?? []);
}

function requestOf({ id, at, workload, group, place, decision, outcome }: LedgerEntry) {
  if (decision?.kind !== 'shape-proposed' || place === undefined) return undefined;
  const { choice: _, terms, ...figures } = decision;
  const isWanted = decision.asks || outcome?.kind === 'applied';
  if (!isWanted || terms === undefined) return undefined;
  return { id, at, workload, ref: { ...place, name: group }, proposal: { ...figures, terms } };
}
