import type { Minute, Minutes } from '@evenkeel/core/quantities';
import { type Checkpoint, DEADLINE_MINUTES, isWorth } from '@evenkeel/core/rollout';
import { groupKey, hasEnded, portErrorCode, type Refresh } from '../ports/index.ts';
import type { Prepared } from './begin.ts';
import { minuteNow, type Rollout, rolloutDecisionId } from './deps.ts';
import { type CanaryLook, measure } from './measure.ts';
import { note } from './register.ts';
import { judgeStanding, keepFloors, readStanding } from './standing.ts';
import { brokeBy, tellVerdict } from './verdict.ts';

/** Why a rollout goes back; the words of ShapeRolledBackDecision. */
export type LeavingReason =
  | 'canary-worse'
  | 'no-verdict'
  | 'canary-too-large'
  | 'uneven-share'
  | 'does-not-pay'
  | 'alarm'
  | 'capacity'
  | 'cancelled'
  | 'deploy'
  | 'answer'
  | 'failed';

/** How far a refresh is, carried from look to look. Plain JSON. */
export interface Progress {
  readonly refresh: string;
  readonly startedAt: Minute;
  readonly at: Minute;
  /** When the canary was first seen, and the latest minute for a verdict: reckoned from the look before it came (S19). */
  readonly canarySince?: Minute;
  readonly deadline?: Minute;
  readonly looksTaken: number;
  /** How often the canary has doubled since its size was chosen, as of the last look. */
  readonly doublings?: number;
  /** The last look at the canary. */
  readonly canary?: CanaryLook;
  /** The canary kept its promise: AWS goes on by itself when the delay ends. */
  readonly goesOn?: boolean;
  readonly leaving?: LeavingReason;
  readonly broke?: { readonly name: string; readonly value: number; readonly limit: number };
  readonly ended?: Refresh['status'];
}

/** Longer than AWS itself tries (an hour) nobody waits for a canary to be launched. */
const LAUNCH_MINUTES: Minutes = 90;
/** Before that the first instance is not warm. */
const SETTLE_MINUTES: Minutes = 10;

/** One look at a refresh under way: what it means, and what has to be done about it. */
export async function look(rollout: Rollout, prepared: Prepared, before: Progress): Promise<Progress> {
  const { ports, ref } = rollout;
  const at = minuteNow(rollout);
  await note(rollout, { ...(before.goesOn !== undefined && { goesOn: before.goesOn }) });
  const refresh = await ports.refreshes.latest(ref);
  if (refresh === undefined || refresh.id !== before.refresh) {
    // Somebody started another one: ours is not to be followed any more.
    return { ...before, at, leaving: before.leaving ?? 'cancelled', ended: 'cancelled' };
  }
  if (hasEnded(refresh)) return { ...before, at, ended: refresh.status, ...leavingOf(before, refresh) };
  // What somebody else's hands are on is left to them.
  const othersHands = before.leaving === 'answer' || before.leaving === 'deploy';
  const floors = othersHands ? 'kept' : await keepFloors(rollout, before);
  if (refresh.status === 'rolling-back' || refresh.status === 'cancelling') {
    return { ...before, at, ...leavingOf(before, refresh) };
  }
  const interrupted = before.leaving ?? (await whyLeave(rollout, at));
  if (interrupted) return leave(rollout, { ...before, at }, interrupted);
  if (before.goesOn) return { ...before, at };
  if (floors === 'refused') return leave(rollout, { ...before, at }, 'uneven-share');
  if (before.canarySince === undefined) return launching(rollout, prepared, { before, refresh, at });
  return measuring(rollout, prepared, { before: { ...before, at }, since: before.canarySince });
}

async function launching(
  rollout: Rollout,
  { checkpoint }: Prepared,
  { before, refresh, at }: { before: Progress; refresh: Refresh; at: Minute },
): Promise<Progress> {
  // The percentage rounds down and moves with the group's size: the instances themselves are counted as well.
  if (refresh.percent >= checkpoint.percent || (await isCanaryThere(rollout, checkpoint, at))) {
    // The delay may have begun right after the look before this one.
    const deadline = (before.at + checkpoint.delay - DEADLINE_MINUTES) as Minute;
    return { ...before, at, canarySince: at, deadline };
  }
  if (at - before.startedAt < LAUNCH_MINUTES) return { ...before, at };
  return leave(rollout, { ...before, at }, 'capacity');
}

/** The group may have shrunk since the canary's size was chosen: what counts is the share of the instances there are. */
async function isCanaryThere(rollout: Rollout, { percent }: Checkpoint, at: Minute): Promise<boolean> {
  const { canary, group } = await readStanding(rollout, at);
  return canary >= Math.max(1, Math.floor((percent / 100) * group));
}

async function measuring(
  rollout: Rollout,
  { checkpoint }: Prepared,
  { before, since }: { before: Progress; since: Minute },
): Promise<Progress> {
  const { at, deadline = at } = before;
  const standing = await readStanding(rollout, at);
  const stands = judgeStanding(checkpoint, { standing, progress: before, since });
  if (stands.leave) return leave(rollout, before, stands.leave);
  if (at < nextLook(before, checkpoint.looks) && at < deadline && !stands.lookNow) return before;
  const canary = await measure(rollout, { since, now: at, looks: checkpoint.looks });
  const { doublings } = stands;
  const after: Progress = { ...before, canary, doublings, looksTaken: before.looksTaken + 1 };
  if (canary.verdict === 'undecided') {
    const over = at >= deadline || after.looksTaken >= checkpoint.looks;
    if (!over) return after;
    await tellVerdict(rollout, after, 'too-little-data');
    return leave(rollout, after, 'no-verdict');
  }
  const factor = canary.factor?.estimate;
  if (canary.verdict === 'worse') {
    await tellVerdict(rollout, after, 'worse');
    return leave(rollout, { ...after, ...brokeBy(canary) }, 'canary-worse');
  }
  if (factor !== undefined && !isWorth(rollout.plan, factor)) {
    await tellVerdict(rollout, after, 'worse');
    return leave(rollout, after, 'does-not-pay');
  }
  await tellVerdict(rollout, after, canary.verdict);
  await note(rollout, { goesOn: true });
  return { ...after, goesOn: true };
}

/** The minute of the next look: evenly spread, the last at the deadline. */
export function nextLook({ canarySince, deadline, looksTaken, at }: Progress, looks: number): Minute {
  if (canarySince === undefined || deadline === undefined) return at;
  const begin = canarySince + SETTLE_MINUTES;
  return Math.ceil(begin + ((looksTaken + 1) / looks) * (deadline - begin)) as Minute;
}

/** What makes a rollout go back whatever its canary does. */
async function whyLeave({ ports, plan, ref }: Rollout, at: Minute): Promise<LeavingReason | undefined> {
  if (await ports.activity.deployment(ref)) return 'deploy';
  const holds = await ports.holds.inForce({ workload: plan.workload, group: groupKey(ref), at });
  if (holds.some(({ kind }) => kind === 'paused')) return 'answer';
  const approval = await ports.approvals.read(plan.id);
  return approval?.rollBackBy === undefined ? undefined : 'answer';
}

async function leave(rollout: Rollout, progress: Progress, reason: LeavingReason): Promise<Progress> {
  const { ports, ref, plan } = rollout;
  try {
    await ports.refreshes.rollBack(ref, { decisionId: rolloutDecisionId(plan, 'roll-back') });
  } catch (error) {
    // It ended in the same moment: the next look says how. Anything else is tried again then.
    if (portErrorCode(error) === 'denied') throw error;
  }
  return { ...progress, leaving: reason };
}

/** Why somebody else ended it: the provider's words say whether an alarm or missing capacity did. */
function leavingOf(before: Progress, refresh: Refresh): Pick<Progress, 'leaving'> {
  if (before.leaving !== undefined || refresh.status === 'successful') return {};
  if (refresh.status === 'cancelled' || refresh.status === 'cancelling') return { leaving: 'cancelled' };
  const reason = (refresh.reason ?? '').toLowerCase();
  if (reason.includes('alarm')) return { leaving: 'alarm' };
  if (reason.includes('capacity') || reason.includes('launch')) return { leaving: 'capacity' };
  return { leaving: reason.includes('rollback was asked for') ? 'answer' : 'failed' };
}
