import { type Outcome, type TargetDecision, utc } from '@evenkeel/core/explain';
import { tunablePolicy } from '@evenkeel/core/guard';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { isInWindow, type WorkloadPolicy } from '@evenkeel/core/workload';
import { portErrorCode } from '../ports/index.ts';
import { decide, decisionId, excuse, type Run, remember } from '../run/run.ts';
import { ANSWER_MINUTES } from '../run/settings.ts';
import { findHold } from '../tick/holds.ts';
import { isTargetApproved } from './approve-target.ts';
import { backToOwner } from './give-target-back.ts';
import { ownTargetOf } from './want-target-back.ts';

/** A lease is due this long after the night that renewed it (S8). */
const LEASE_MINUTES = 30 * 60;
/** A target rises by at most this many points a day; it falls at once (S8). */
const HIGHEST_RISE = 5;

/**
 * Brings the target to what the last review wanted, when mode, holds and window allow it: at the review itself, and at the ticks after
 * it until it is done. Nothing to do costs nothing.
 */
export async function pursueTarget(run: Run, policy: WorkloadPolicy): Promise<void> {
  const { record } = run;
  const owner = record.home.policy;
  const step = nextStep(run);
  if (owner === undefined || step === undefined) return;
  const { from: now, to: wanted } = step;
  const kept = await ownTargetOf(run.ports, run.group.ref, run.minute);
  if (kept !== undefined) {
    const facts = { by: kept.by, until: utc(kept.until) };
    return excuse(run, { code: 'target-wanted-back', bottleneck: 'an answer', facts });
  }
  const told = record.targetExpected;
  const expected = told?.from === now && told.to === wanted ? told.expected : undefined;
  const change: TargetDecision = {
    kind: 'target',
    ...step,
    owner: owner.target,
    ...(expected && { expected }),
  };
  if (policy.mode !== 'auto' && !(await isApproved(run, policy, change))) return;
  if ((await findHold(run, policy)) !== undefined) return;
  if (policy.window && !isInWindow(policy.window, run.minute)) {
    return excuse(run, {
      code: 'outside-window',
      bottleneck: 'evenkeel:window',
      facts: { target: wanted, now },
    });
  }
  if (wanted === owner.target) return backToOwner(run, 'owner-target');
  await put(run, change);
}

/** From which target to which one the group may go now; undefined where it stays. */
export function nextStep(run: Run): { readonly from: number; readonly to: number } | undefined {
  const { record, group } = run;
  const tunable = tunablePolicy(group.policies);
  if (tunable.kind === 'not-tunable' || record.wantedTarget === undefined) return undefined;
  if (isOthersTarget(run)) return undefined;
  const from = tunable.policy.target;
  const to = Math.min(record.wantedTarget, from + stepUp(run));
  return to === from ? undefined : { from, to };
}

/**
 * Whether the policy or the target that stands is another than Evenkeel knows of: somebody's hand, which the next tick judges before
 * anything is written over it.
 */
export function isOthersTarget({ group, record }: Run): boolean {
  const tunable = tunablePolicy(group.policies);
  if (tunable.kind === 'not-tunable' || tunable.policy.name !== record.home.policy?.name) return true;
  return tunable.policy.target !== (record.target ?? record.home.policy.target);
}

/** How many points the target may rise now. */
function stepUp(run: Run): number {
  if (!run.settings.pacing) return 100;
  const since = run.minute - (run.record.targetRaisedAt ?? 0);
  // A review that runs an hour earlier than yesterday's still counts as the next day's.
  return since >= MINUTES_PER_DAY - 60 ? HIGHEST_RISE : 0;
}

/**
 * S1: in approve a change waits for its answer, in recommend it is told; each once, and again when the answer did not come. Nothing is
 * written before.
 */
async function isApproved(run: Run, policy: WorkloadPolicy, change: TargetDecision): Promise<boolean> {
  const { approvedTarget, askedTarget } = run.record;
  if (policy.mode === 'approve' && approvedTarget === change.to) return true;
  if (policy.mode === 'observe') return false;
  const { ports, group } = run;
  const waits = policy.mode === 'approve' && askedTarget?.to === change.to ? askedTarget : undefined;
  if (waits && (await isTargetApproved(ports, group.ref, waits))) {
    remember(run, { approvedTarget: change.to });
    return true;
  }
  if (askedTarget?.to === change.to && askedTarget.until > run.minute) return false;
  const until = (run.minute + ANSWER_MINUTES) as Minute;
  remember(run, { askedTarget: { to: change.to, until } });
  if (policy.mode === 'approve')
    decide(run, { ...change, asks: { expires: until } }, { kind: 'told', because: 'asks' });
  else decide(run, change, { kind: 'told', because: 'mode-does-not-allow' });
  return false;
}

/** The lease stands before the target is changed: should everything stop in between, it ends at the owner's own. */
async function put(run: Run, change: TargetDecision): Promise<void> {
  const { ports, group, record, minute } = run;
  const owner = record.home.policy!;
  const context = { decisionId: decisionId(run, 'target') };
  let outcome: Outcome = { kind: 'applied' };
  try {
    await ports.targets.renewLease(group.ref, { due: leaseDue(run), owner }, context);
    const rises = change.to > change.from;
    remember(run, { intendedTarget: change.to, ...(rises ? { targetRaisedAt: minute } : {}) });
    await ports.records.save(group.ref, run.record);
    await ports.targets.put(group.ref, owner, change.to, context);
    remember(run, { target: change.to, intendedTarget: undefined });
  } catch (error) {
    const message = (error as Error).message;
    excuse(run, { code: 'write-refused', bottleneck: portErrorCode(error), facts: { message } });
    outcome = { kind: 'failed', message };
  }
  decide(run, change, outcome);
}

/** S8: the lease of the target that stands, renewed every night. */
export async function renewLease(run: Run): Promise<void> {
  const owner = run.record.home.policy!;
  const context = { decisionId: decisionId(run, 'lease') };
  await run.ports.targets.renewLease(run.group.ref, { due: leaseDue(run), owner }, context);
}

function leaseDue(run: Run): Minute {
  return (run.minute + LEASE_MINUTES) as Minute;
}
