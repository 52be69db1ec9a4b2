import { HOME_STEP_NAME, isOurs, type ScheduledAction } from '@evenkeel/core/plan';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { GroupRecord } from '../ports/index.ts';
import { excuse, type Run, remember } from '../run/run.ts';
import { PUT_BACK_PREFIX } from './take-back.ts';

/** So long Evenkeel stands back from a group in which it met another one. */
const STANDS_BACK_MINUTES = MINUTES_PER_DAY;

/**
 * S15: steps under our names that we did not write mean that another Evenkeel looks after the group too: a second deployment, or a `run`
 * that somebody left on. The one that finds the other's steps stands back for a day and leaves them alone, so that one of both remains;
 * neither takes the other's floors and targets for the owner's.
 * @param known the record from before `listed` was read
 */
export async function meetsRival(
  run: Run,
  known: GroupRecord,
  listed: readonly ScheduledAction[],
): Promise<boolean> {
  // At first sight, and when the record was lost, what stands is taken over.
  if (run.loaded === undefined || !hasStranger(known, listed, run.firstStart)) return false;
  // Another run of our own may have written since this one read its record.
  const fresh = await run.ports.records.load(run.group.ref);
  if (fresh === undefined || !hasStranger(fresh, listed, run.firstStart)) return false;
  const rivalUntil = (run.minute + STANDS_BACK_MINUTES) as Minute;
  remember(run, {
    rivalUntil,
    written: [],
    intended: undefined,
    target: undefined,
    unexplainedSince: undefined,
  });
  noteRival(run);
  return true;
}

/** The same, by what stands now. */
export async function meetsRivalNow(run: Run): Promise<boolean> {
  return meetsRival(run, run.record, await run.ports.scheduledActions.list(run.group.ref));
}

/** Whether Evenkeel stands back because it met another one. */
export function isRivalled({ record, minute }: Run): boolean {
  return record.rivalUntil !== undefined && record.rivalUntil > minute;
}

/** Whether another Evenkeel was met of late; when the day is over, whether it is still there. */
export async function standsBack(run: Run): Promise<boolean> {
  if (run.record.rivalUntil === undefined) return false;
  if (isRivalled(run)) {
    noteRival(run);
    return true;
  }
  if (await meetsRivalNow(run)) return true;
  const accountedTo = (run.minute + 1) as Minute;
  remember(run, { rivalUntil: undefined, minSizeSeen: run.group.size.min, accountedTo });
  return false;
}

/** Whether a step stands that is neither as last written nor as intended. The way home and a person's value are anybody's. */
function hasStranger(
  { written, intended = [] }: GroupRecord,
  listed: readonly ScheduledAction[],
  firstStart: Minute,
): boolean {
  const known = new Set([...written, ...intended].map(keyOf));
  return listed.some(
    (step) =>
      isOurs(step) &&
      step.start >= firstStart &&
      step.name !== HOME_STEP_NAME &&
      !step.name.startsWith(PUT_BACK_PREFIX) &&
      !known.has(keyOf(step)),
  );
}

function keyOf({ name, start, minSize }: ScheduledAction): string {
  return `${name} ${start} ${minSize}`;
}

function noteRival(run: Run): void {
  const facts = { what: 'another Evenkeel writes scheduled actions in it; let one of both look after it' };
  excuse(run, { code: 'not-ours', bottleneck: 'another Evenkeel', facts });
}
