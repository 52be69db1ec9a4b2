import type { Excuse } from '@evenkeel/core/explain';
import type { Instances, Minute } from '@evenkeel/core/quantities';
import { type Checkpoint, chooseCheckpoint, type Guard } from '@evenkeel/core/rollout';
import { portErrorCode } from '../ports/index.ts';
import { closeQuestion } from './close-question.ts';
import { minuteNow, type Rollout, record, rolloutDecisionId } from './deps.ts';
import { guardNotOk, liftHold, makeGuards, placeHold, putFloor, removeGuards } from './hands.ts';
import { claim, isAnothers, note, recordOf, release, take, withdraw } from './register.ts';
import { desiredShape, judgeReadiness, lapseOf, type RolloutView, readView } from './view.ts';

/** What a look before the start found. */
export interface Look {
  readonly excuses: readonly Excuse[];
  readonly needsApproval: boolean;
  /** Another execution has the plan: nothing is done, and nothing taken back. */
  readonly another?: true;
}

/** Preflight on fresh state; writes nothing. The window does not count yet: it is waited for, and people may be asked before it opens. */
export async function preflight(rollout: Rollout): Promise<Look> {
  if (await isAnothers(rollout)) return { excuses: [], needsApproval: true, another: true };
  const view = await readView(rollout);
  if (isExcuses(view)) return { excuses: view, needsApproval: true };
  const { excuses, needsApproval } = judgeReadiness(rollout, view);
  return { excuses: excuses.filter(({ code }) => code !== 'rollout-outside-window'), needsApproval };
}

/** What the start was made ready with. */
export interface Prepared {
  readonly excuses: readonly Excuse[];
  readonly guards: readonly Guard[];
  readonly checkpoint: Checkpoint;
  /** MinSize that has to be in force before the first instance is replaced. */
  readonly floor: Instances;
  readonly another?: true;
}

/** Preflight again (S18), a place among the account's rollouts (S24), then hold, floor (S21, S22) and guards (S20). */
export async function prepare(rollout: Rollout): Promise<Prepared> {
  const view = await readView(rollout);
  if (isExcuses(view)) return refused(view);
  const noted = await recordOf(rollout.ports.documents, rollout.plan.id);
  const { excuses, guards, floor } = judgeReadiness(rollout, view, noted?.floor);
  const lapse = await lapseOf(rollout, view);
  if (excuses.length > 0 || lapse) return refused([...excuses, ...(lapse ? [lapse] : [])]);
  if (!(await take(rollout))) return { ...refused([]), another: true };
  const full = await claim(rollout, view.facts.vcpuQuota.used);
  if (full) {
    await withdraw(rollout);
    return refused([full]);
  }
  await note(rollout, { floor });
  await placeHold(rollout);
  await makeGuards(rollout, guards.guards);
  await putFloor(rollout, floor);
  const size = Math.max(view.group.desired, floor);
  const ahead = view.ahead.map((demand) => demand / size);
  return {
    excuses: [],
    guards: guards.guards,
    checkpoint: chooseCheckpoint({ size, ahead, stepMinutes: 5 }),
    floor,
  };
}

const NO_CHECKPOINT: Checkpoint = { percent: 100, canary: 0, delay: 60, looks: 1 };

function refused(excuses: readonly Excuse[]): Prepared {
  return { excuses, guards: [], checkpoint: NO_CHECKPOINT, floor: 0 };
}

/** Whether floor and guards are as they have to be; puts the floor again where it was lost. */
export async function isReady(rollout: Rollout, prepared: Prepared): Promise<boolean> {
  await note(rollout, {});
  const group = await rollout.ports.groups.read(rollout.ref);
  if (!group) return true;
  // Raised is enough: the owner's own schedule may have gone higher meanwhile.
  const floorStands = group.size.min >= prepared.floor;
  if (!floorStands) await putFloor(rollout, prepared.floor);
  const notOk = await guardNotOk(rollout, prepared.guards);
  return floorStands && group.inService >= prepared.floor && group.starting === 0 && notOk === undefined;
}

/** The refresh that was started, or why none was. */
export type Started =
  | { readonly kind: 'started'; readonly refresh: string; readonly at: Minute }
  | { readonly kind: 'refused'; readonly excuses: readonly Excuse[] };

/**
 * S18: reads the group, judges it once more and starts, all in one step. Where the step is done again because its end was not recorded, the
 * refresh it started is found and taken as the one.
 */
export async function start(rollout: Rollout, prepared: Prepared): Promise<Started> {
  const { ports, ref, plan } = rollout;
  const mine = await startedBefore(rollout);
  if (mine) return mine;
  const view = await readView(rollout);
  if (isExcuses(view)) return { kind: 'refused', excuses: view };
  const notOk = await guardNotOk(rollout, prepared.guards);
  // The floor that was raised for it moves the size; that was judged before it rose.
  const lapse = await lapseOf(rollout, { ...view, size: plan.basis.size });
  const excuses = [
    ...judgeReadiness(rollout, view, prepared.floor).excuses,
    ...(notOk ? [notOk] : []),
    ...(lapse ? [lapse] : []),
  ];
  if (excuses.length > 0) return { kind: 'refused', excuses };
  const at = minuteNow(rollout);
  // Noted before it is done: a refresh of these types that began at or after this minute is ours.
  await note(rollout, { startedAt: at });
  try {
    const refresh = await ports.refreshes.start(
      ref,
      desiredShape(rollout, view.policy),
      preferences(prepared, view),
      { decisionId: rolloutDecisionId(plan, 'shape-started') },
    );
    await note(rollout, { refresh });
    return { kind: 'started', refresh, at };
  } catch (error) {
    const code = portErrorCode(error);
    // Throttled or not reachable: the runner tries the step again.
    if (code === 'throttled' || code === 'unavailable') throw error;
    return {
      kind: 'refused',
      excuses: [{ code: 'write-refused', bottleneck: code, facts: { message: (error as Error).message } }],
    };
  }
}

async function startedBefore(rollout: Rollout): Promise<Started | undefined> {
  const { ports, ref, plan } = rollout;
  const noted = await recordOf(ports.documents, plan.id);
  if (noted?.startedAt === undefined) return undefined;
  const latest = await ports.refreshes.latest(ref);
  if (!latest || latest.startedAt < noted.startedAt) return undefined;
  const sameTypes = JSON.stringify(latest.types) === JSON.stringify(plan.to.types);
  if (latest.id !== noted.refresh && !sameTypes) return undefined;
  await note(rollout, { refresh: latest.id });
  return { kind: 'started', refresh: latest.id, at: noted.startedAt };
}

/** While it bakes the guards still watch. */
const BAKE_MINUTES = 30;
/** Replaced at a time, beside the group's desired size: a tenth, one instance at the least. */
const EXTRA_SHARE = 0.1;

function preferences({ checkpoint, guards }: Prepared, { group }: RolloutView) {
  const extra = Math.ceil(100 * Math.max(EXTRA_SHARE, 1 / Math.max(1, group.desired)));
  return {
    maxHealthyPercent: Math.min(200, 100 + extra),
    checkpoints: checkpoint.percent < 100 ? [checkpoint.percent, 100] : [100],
    checkpointDelay: checkpoint.delay,
    bake: BAKE_MINUTES,
    ...(group.warmup !== undefined && { warmup: group.warmup }),
    alarms: guards.map(({ name }) => name),
  };
}

/** Nothing was begun: everything that was made ready is taken back, and why is told. */
export async function notBegun(
  rollout: Rollout,
  excuses: readonly Excuse[],
  guards: readonly Guard[],
): Promise<void> {
  await removeGuards(rollout, guards);
  await liftHold(rollout);
  await release(rollout, false);
  const known = await recordOf(rollout.ports.documents, rollout.plan.id);
  if (known) await note(rollout, { state: 'ended' });
  await closeQuestion(rollout);
  await record(rollout, 'not-begun', { excuses });
}

function isExcuses(view: RolloutView | readonly Excuse[]): view is readonly Excuse[] {
  return Array.isArray(view);
}
