import type { Outcome } from '@evenkeel/core/explain';
import { HOME_STEP_NAME, isOurs, type ScheduledAction } from '@evenkeel/core/plan';
import { type ItemFailure, MAX_BATCH, portErrorCode } from '../ports/index.ts';
import { decide, decisionId, type Run, remember } from '../run/run.ts';
import { giveTargetBack } from '../target/give-target-back.ts';

/** The step that sets a person's value again after one of ours ran over it (S12): not taken back with the others. */
export const PUT_BACK_PREFIX = 'evenkeel-put-back-';

export interface TakeBackOptions {
  /** Why, as a short code: a hold's kind, `mode-off`, `mode-does-not-allow`. */
  readonly reason: string;
  /** `stays`: MinSize stands until the home step runs (S11). `now`: the home step is brought forward (S16). */
  readonly home: 'stays' | 'now';
}

/**
 * S11, S16: takes our pending steps away and gives the owner's target back. Does nothing where nothing of ours is left; what
 * fails is tried again at the next tick.
 */
export async function takeBack(run: Run, { reason, home }: TakeBackOptions): Promise<void> {
  if (run.record.leftAt !== undefined) return;
  const steps = run.record.written.filter((step) => step.start > run.minute && isPlanned(step));
  const targetOut = run.record.target !== undefined;
  const homeDue = home === 'now' && needsHome(run);
  if (steps.length === 0 && !targetOut && !homeDue) {
    if (home === 'now') leave(run);
    return;
  }
  const outcome = await doTakeBack(run, home);
  decide(run, { kind: 'give-back', reason }, outcome);
}

/** Whether a step is of the plan: neither the way home nor a person's value. */
function isPlanned(step: ScheduledAction): boolean {
  return step.name !== HOME_STEP_NAME && !step.name.startsWith(PUT_BACK_PREFIX);
}

/** Whether MinSize is not home yet and no home step is about to make it so, or a home step stands that has nothing to do. */
function needsHome(run: Run): boolean {
  const standing = run.record.written.find((step) => step.name === HOME_STEP_NAME && step.start > run.minute);
  if (run.group.size.min === run.record.home.minSize) return standing !== undefined;
  return standing === undefined || standing.start > run.firstStart + 2;
}

/** Nothing of ours is left in the group: nothing has to be looked after until the mode changes. */
function leave(run: Run): void {
  remember(run, { leftAt: run.minute, written: [], held: undefined });
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
    if (home === 'now' && !atHome) {
      const free = firstFree(run, listed);
      const step = { name: HOME_STEP_NAME, start: free, minSize: run.record.home.minSize };
      failures.push(...(await ports.scheduledActions.put(group.ref, [step], context)));
      standing = [...ours.filter((each) => each.name !== HOME_STEP_NAME), step];
    }
    const names = ours
      .map((step) => step.name)
      .filter((name) => !name.startsWith(PUT_BACK_PREFIX))
      .filter((name) => name !== HOME_STEP_NAME || (home === 'now' && atHome));
    const left = await removeTwice(run, names, context);
    failures.push(...left);
    const kept = new Set(left.map((failure) => failure.name));
    remember(run, {
      written: standing.filter((step) => !names.includes(step.name) || kept.has(step.name)),
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

function firstFree(run: Run, actions: readonly ScheduledAction[]): Run['minute'] {
  const taken = new Set(
    actions.filter((action) => action.name !== HOME_STEP_NAME).map((action) => action.start),
  );
  let start = run.firstStart;
  while (taken.has(start)) start = (start + 1) as Run['minute'];
  return start;
}
