import type { Outcome } from '@evenkeel/core/explain';
import { HOME_AHEAD_MINUTES, HOME_STEP_NAME, isOurs, type ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { type ItemFailure, MAX_BATCH, portErrorCode } from '../ports/index.ts';
import { decide, decisionId, type Run, remember } from '../run/run.ts';
import { giveTargetBack } from '../target/give-target-back.ts';
import { justRun } from './standing.ts';

/** The step that sets a person's value again after one of ours ran over it (S12): not taken back with the others. */
export const PUT_BACK_PREFIX = 'evenkeel-put-back-';

export interface TakeBackOptions {
  /** Why, as a short code: a hold's kind, `mode-off`, `mode-does-not-allow`, `wrong-tag`. */
  readonly reason: string;
  /**
   * `stays`: MinSize stands until the home step runs (S11). `secured`: as `stays`, and a home step is put where none stands although MinSize
   * is a floor of ours. `now`: the home step is brought forward (S16). `goes`: the home step is taken
   * away too, since MinSize is somebody else's now.
   */
  readonly home: 'stays' | 'secured' | 'now' | 'goes';
}

/**
 * S11, S16: takes our pending steps away and gives the owner's target back. Does nothing where nothing of ours is left; what
 * fails is tried again at the next tick.
 *
 * @returns whether nothing of ours was left, not even a way home that is about to be gone
 */
export async function takeBack(run: Run, { reason, home }: TakeBackOptions): Promise<boolean> {
  if (run.record.leftAt !== undefined) return true;
  const steps = run.record.written.filter((step) => step.start > run.minute && isPlanned(step));
  const targetOut = run.record.target !== undefined;
  const homeDue =
    home === 'now'
      ? needsHome(run)
      : home === 'goes'
        ? homeStanding(run) !== undefined
        : homeIsWrong(run, home);
  if (steps.length === 0 && !targetOut && !homeDue) return homeStanding(run) === undefined;
  const outcome = await doTakeBack(run, home);
  decide(run, { kind: 'give-back', reason }, outcome);
  return false;
}

/** Whether a step is of the plan: neither the way home nor a person's value. */
function isPlanned(step: ScheduledAction): boolean {
  return step.name !== HOME_STEP_NAME && !step.name.startsWith(PUT_BACK_PREFIX);
}

/** Whether MinSize is not home yet and no home step is about to make it so, or a home step stands that has nothing to do. */
function needsHome(run: Run): boolean {
  const standing = homeStanding(run);
  if (run.group.size.min === run.record.home.minSize) return standing !== undefined;
  return standing === undefined || standing.start > run.firstStart + 2;
}

function homeStanding(run: Run): ScheduledAction | undefined {
  return run.record.written.find((step) => step.name === HOME_STEP_NAME && step.start > run.minute);
}

/** S3: whether the way home leads elsewhere than home is now, or is missing. */
function homeIsWrong(run: Run, home: TakeBackOptions['home']): boolean {
  const standing = homeStanding(run);
  if (standing === undefined) return home === 'secured' && isOnFloor(run);
  return standing.minSize !== run.record.home.minSize;
}

/** Whether MinSize is above home because we wrote floors: what nobody of us ever wrote is not ours to take back (S1). */
function isOnFloor({ group, record }: Run): boolean {
  return record.writtenAt !== undefined && group.size.min > record.home.minSize;
}

async function doTakeBack(run: Run, home: TakeBackOptions['home']): Promise<Outcome> {
  const { ports, group, minute } = run;
  const context = { decisionId: decisionId(run, 'give-back') };
  try {
    const listed = await ports.scheduledActions.list(group.ref);
    const ours = listed.filter((step) => isOurs(step) && step.start > minute);
    const failures: ItemFailure[] = [];
    const atHome = group.size.min === run.record.home.minSize;
    let standing: readonly ScheduledAction[] = ours;
    const step = wayHome(run, home, listed);
    if (step) {
      failures.push(...(await ports.scheduledActions.put(group.ref, [step], context)));
      standing = [...ours.filter((each) => each.name !== HOME_STEP_NAME), step];
    }
    const names = ours
      .map((each) => each.name)
      .filter((name) => !name.startsWith(PUT_BACK_PREFIX))
      .filter((name) => name !== HOME_STEP_NAME || home === 'goes' || (home === 'now' && atHome));
    const left = await removeTwice(run, names, context);
    failures.push(...left);
    const kept = new Set(left.map((failure) => failure.name));
    remember(run, {
      written: [
        ...justRun(run, listed),
        ...standing.filter((step) => !names.includes(step.name) || kept.has(step.name)),
      ],
      ownerActions: listed.filter((action) => !isOurs(action)),
      listedAt: minute,
    });
    await giveTargetBack(run, context);
    return failures.length === 0 ? { kind: 'applied' } : { kind: 'partly-applied', failures };
  } catch (error) {
    return { kind: 'failed', message: `${portErrorCode(error)}: ${(error as Error).message}` };
  }
}

/** Removes in batches, what fails once more; what is not there any more is as good as removed. */
async function removeTwice(
  run: Run,
  names: readonly string[],
  context: { readonly decisionId: string },
): Promise<readonly ItemFailure[]> {
  let failures: readonly ItemFailure[] = [];
  let left = names;
  for (let attempt = 0; attempt < 2 && left.length > 0; attempt++) {
    const failed: ItemFailure[] = [];
    for (let i = 0; i < left.length; i += MAX_BATCH) {
      const batch = left.slice(i, i + MAX_BATCH);
      failed.push(...(await run.ports.scheduledActions.remove(run.group.ref, batch, context)));
    }
    failures = failed;
    left = failed.map((failure) => failure.name);
  }
  if (left.length === 0) return [];
  const standing = new Set(
    (await run.ports.scheduledActions.list(run.group.ref)).map((action) => action.name),
  );
  return failures.filter((failure) => standing.has(failure.name));
}

/** The home step to be put: at once, or where one stands that leads elsewhere, or none although MinSize is not home. */
function wayHome(
  run: Run,
  home: TakeBackOptions['home'],
  listed: readonly ScheduledAction[],
): ScheduledAction | undefined {
  const { minSize } = run.record.home;
  const standing = listed.find((action) => action.name === HOME_STEP_NAME && action.start > run.minute);
  const away = run.group.size.min !== minSize;
  const step = (from: Minute) => ({ name: HOME_STEP_NAME, start: firstFree(from, listed), minSize });
  if (home === 'goes') return undefined;
  if (home === 'now') return away ? step(run.firstStart) : undefined;
  if (standing !== undefined) {
    return standing.minSize === minSize
      ? undefined
      : step(Math.max(standing.start, run.firstStart) as Minute);
  }
  if (home !== 'secured' || !isOnFloor(run)) return undefined;
  return step((run.minute + HOME_AHEAD_MINUTES) as Minute);
}

/** The first minute from `from` on that no other action takes. */
function firstFree(from: Minute, actions: readonly ScheduledAction[]): Minute {
  const taken = new Set(
    actions.filter((action) => action.name !== HOME_STEP_NAME).map((action) => action.start),
  );
  let start = from;
  while (taken.has(start)) start = (start + 1) as Minute;
  return start;
}
