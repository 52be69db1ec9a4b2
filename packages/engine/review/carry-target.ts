import type { Outcome } from '@evenkeel/core/explain';
import type { Profile } from '@evenkeel/core/forecast';
import { tunablePolicy } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import type { ReplayGate } from '@evenkeel/core/savings';
import { isInWindow, type WorkloadPolicy } from '@evenkeel/core/workload';
import { portErrorCode } from '../ports/index.ts';
import { decide, decisionId, excuse, type Run, remember } from '../run/run.ts';
import { giveTargetBack } from '../tick/give-target-back.ts';
import { findHold } from '../tick/holds.ts';
import { HIGHEST_COARSE_TARGET } from './learn.ts';

/** A lease is due this long after the night that renewed it (S8). */
export const LEASE_MINUTES = 30 * 60;
/** A target rises by at most this many points a day; it falls at once (S8). */
const HIGHEST_RISE = 5;
const DAY = 1440;

/** Brings the target to what the profile wants, within the rules of the lease; gives it back where it wants the owner's own. */
export async function carryTarget(
  run: Run,
  policy: WorkloadPolicy,
  profile: Profile | undefined,
  gate: ReplayGate,
): Promise<void> {
  const owner = run.record.home.policy;
  const tunable = tunablePolicy(run.group.policies);
  if (owner === undefined || tunable.kind === 'not-tunable') return;
  if (policy.mode !== 'auto') return backToOwner(run, 'mode-does-not-allow', run.record.target !== undefined);
  if (gate.kind === 'does-not-match') {
    return backToOwner(run, 'replay-does-not-match', run.record.target !== undefined);
  }
  const mayWrite = (await findHold(run, policy)) === undefined;
  const wanted = profile ? Math.round(profile.strategy.target * 100) : owner.target;
  if (!mayWrite || profile === undefined)
    return backToOwner(run, 'no-profile', mayWrite && profile === undefined);
  const now = tunable.policy.target;
  const limit = run.group.metricPeriod === 5 ? HIGHEST_COARSE_TARGET * 100 : 100;
  const highest = Math.min(limit, Math.round(policy.sloUtilisation * 100), now + stepUp(run));
  const target = Math.min(wanted, highest);
  if (target === owner.target) return backToOwner(run, 'owner-target', run.record.target !== undefined);
  if (target === run.record.target) return renew(run);
  if (policy.window && !isInWindow(policy.window, run.minute)) {
    excuse(run, { code: 'outside-window', bottleneck: 'evenkeel:window', facts: { target, now } });
    return run.record.target === undefined ? undefined : renew(run);
  }
  await put(run, now, target);
}

/** How many points the target may rise now. */
function stepUp(run: Run): number {
  if (!run.settings.pacing) return 100;
  const since = run.minute - (run.record.targetRaisedAt ?? 0);
  // A review that runs an hour earlier than yesterday's still counts as the next day's.
  return since >= DAY - 60 ? HIGHEST_RISE : 0;
}

/** The lease stands before the target is changed: should everything stop in between, it ends at the owner's own. */
async function put(run: Run, from: number, target: number): Promise<void> {
  const { ports, group, record, minute } = run;
  const owner = record.home.policy!;
  const context = { decisionId: decisionId(run, 'target') };
  let outcome: Outcome = { kind: 'applied' };
  try {
    await ports.targets.renewLease(group.ref, { due: (minute + LEASE_MINUTES) as Minute, owner }, context);
    remember(run, { target, ...(target > from ? { targetRaisedAt: minute } : {}) });
    await ports.records.save(group.ref, run.record);
    await ports.targets.put(group.ref, owner, target, context);
  } catch (error) {
    const message = (error as Error).message;
    excuse(run, { code: 'write-refused', bottleneck: portErrorCode(error), facts: { message } });
    outcome = { kind: 'failed', message };
    remember(run, { target: record.target });
  }
  decide(run, { kind: 'target', from, to: target, owner: owner.target }, outcome);
}

async function renew(run: Run): Promise<void> {
  const owner = run.record.home.policy!;
  const due = (run.minute + LEASE_MINUTES) as Minute;
  await run.ports.targets.renewLease(run.group.ref, { due, owner }, { decisionId: decisionId(run, 'lease') });
}

async function backToOwner(run: Run, reason: string, wanted: boolean): Promise<void> {
  if (!wanted) return;
  const from = run.record.target;
  const given = await giveTargetBack(run, { decisionId: decisionId(run, 'give-back') });
  if (given && from !== undefined) decide(run, { kind: 'give-back', reason }, { kind: 'applied' });
}
