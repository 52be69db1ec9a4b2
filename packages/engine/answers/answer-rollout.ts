import type { Decision, LedgerEntry, ShapeProposedDecision } from '@evenkeel/core/explain';
import { minuteOf } from '@evenkeel/core/quantities';
import type { Approvals } from '../ports/index.ts';
import { wantRollback } from '../rollout/want-rollback.ts';
import { done, type Performed, refused } from './actions.ts';
import type { Proposal } from './answer-proposal.ts';
import type { ActionOptions } from './on-ports.ts';

/** Answers to changes of shape; undefined where the decision is none. */
export async function answerRollout(
  options: ActionOptions,
  approvals: Approvals,
  { action, entry }: { readonly action: Proposal; readonly entry: LedgerEntry },
): Promise<Performed | undefined> {
  const { decision } = entry;
  if (decision === undefined) return undefined;
  if (action.kind === 'roll-back') return rollBack(options, approvals, { action, decision });
  return decision.kind === 'shape-proposed'
    ? answerShape(options, approvals, { action, entry, decision })
    : undefined;
}

async function rollBack(
  { now, ports }: ActionOptions,
  approvals: Approvals,
  { action, decision }: { readonly action: Proposal; readonly decision: Decision },
): Promise<Performed | undefined> {
  if (!('rollout' in decision)) return undefined;
  const wish = { rollout: decision.rollout, by: action.by, at: minuteOf(now()) };
  const reception = await wantRollback({ documents: ports.documents, approvals }, wish);
  switch (reception) {
    case 'under-way':
      return done(
        `${action.workload} goes back to its old instances, one after the other; it begins within a quarter of an hour.`,
      );
    case 'ended':
      return refused(
        'ended',
        'That change has ended, so there is nothing under way to roll back; nothing was changed by this answer.',
      );
    case 'unknown':
      return refused('changed-meanwhile', 'Evenkeel knows of no such change any more; nothing was changed.');
  }
}

/** A yes or a no. One that comes before the rollout has asked puts the question itself: the rollout finds it answered. */
async function answerShape(
  { now, wake }: ActionOptions,
  approvals: Approvals,
  {
    action,
    entry,
    decision,
  }: { readonly action: Proposal; readonly entry: LedgerEntry; readonly decision: ShapeProposedDecision },
): Promise<Performed> {
  const at = minuteOf(now());
  const answer = action.kind === 'approve' ? 'approved' : 'rejected';
  if (decision.asks && decision.expires !== undefined) {
    await approvals.ask({ id: entry.id, askedAt: entry.at, expires: decision.expires });
  }
  const reception = await approvals.answer(entry.id, { answer, by: action.by, at });
  const standing = await approvals.read(entry.id);
  // The same answer once more (a delivery that was cut off) is the same answer.
  const isMine = standing?.state === answer && standing.by === action.by;
  if (reception !== 'taken' && !isMine) {
    return refused(reception, 'That question is not open any more; nothing was changed by this answer.');
  }
  if (standing !== undefined) await wake?.(standing);
  return done(
    answer === 'approved'
      ? 'Approved: it is looked at anew, then the canary starts.'
      : 'Rejected; nothing is written.',
  );
}
