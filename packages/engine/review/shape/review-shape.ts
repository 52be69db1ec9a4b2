import type { ShapeReviewReason } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, MINUTES_PER_WEEK } from '@evenkeel/core/quantities';
import type { ReplayGate } from '@evenkeel/core/savings';
import { chooseShape } from '@evenkeel/core/shape';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { DemandReading } from '../../ports/index.ts';
import { decide, type Run, remember } from '../../run/run.ts';
import type { Learned } from '../learn.ts';
import { lookAtShape, type ShapeLook } from './look-at-shape.ts';
import { proposalOf, propose } from './propose.ts';
import { shapeNow, summaryOf } from './summary.ts';

/** A choice holds for a week: a change comes no sooner, and two weeks of history are another by then. */
const LOOK_EVERY = MINUTES_PER_WEEK;
/** A review that runs a little earlier than the last one still counts. */
const EARLY = MINUTES_PER_DAY / 24;

/**
 * Once a week, in the nightly review: the best type and count on the group's own last two weeks, replayed. What comes of it is a proposal, or
 * the reason why the shape stays; either way the best five and why the others are out go to the ledger. S9: only where the replay matches.
 */
export async function reviewShape(
  run: Run,
  policy: WorkloadPolicy,
  seen: {
    readonly reading: DemandReading;
    readonly gate: ReplayGate;
    readonly learned: Pick<Learned, 'profile' | 'floors'>;
  },
): Promise<void> {
  if (seen.gate.kind !== 'matches' || !isDue(run)) return;
  const look = await lookAtShape(run, policy, seen);
  if (look === undefined) return;
  remember(run, { shapeReviewedAt: run.minute });
  const choice = chooseShape(look.question);
  const summary = summaryOf(choice, look);
  if (summary === undefined) return;
  const { best, verdict } = choice;
  const proposal = best && proposalOf({ best, acceptable: choice.acceptable, summary, look });
  const because = reasonToStay(look, {
    best: best?.candidate.entry.type.name,
    reason: verdict?.reason ?? proposal?.reason,
    mode: policy.mode,
  });
  if (proposal && because === undefined) return propose(run, policy, proposal.decision);
  decide(
    run,
    { kind: 'shape-reviewed', shape: shapeNow(look), because: because ?? 'nothing-fits', choice: summary },
    { kind: 'nothing-to-do' },
  );
}

function isDue({ minute, record }: Run): boolean {
  return minute - (record.shapeReviewedAt ?? Number.NEGATIVE_INFINITY) >= LOOK_EVERY - EARLY;
}

function reasonToStay(
  { present }: ShapeLook,
  found: {
    readonly best: string | undefined;
    readonly reason: ShapeReviewReason | undefined;
    readonly mode: WorkloadPolicy['mode'];
  },
): ShapeReviewReason | undefined {
  if (found.best === undefined) return 'nothing-fits';
  if (found.best === present.name) return 'already-best';
  if (found.reason !== undefined) return found.reason;
  return found.mode === 'observe' ? 'mode-does-not-allow' : undefined;
}
