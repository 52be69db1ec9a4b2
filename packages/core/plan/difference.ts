import type { Instances, Minute } from '../quantities.ts';
import { expandSteps } from './expand-steps.ts';
import { HOME_STEP_NAME, isOurs, type ScheduledAction } from './scheduled-action.ts';

/** What has to be written so that the wanted steps stand; nothing where what stands is as good. */
export interface PlanDifference {
  readonly put: readonly ScheduledAction[];
  readonly remove: readonly string[];
}

export const NO_DIFFERENCE: PlanDifference = { put: [], remove: [] };

// A later floor counts as different when it is off by more than one instance and more than a tenth.
const LATER_TOLERANCE = 0.1;
const HORIZON_MINUTES = 24 * 60;

export interface DifferenceInput {
  /** All actions of the group, the owner's too. */
  readonly standing: readonly ScheduledAction[];
  readonly wanted: readonly ScheduledAction[];
  readonly minSizeNow: Instances;
  /** Actions that start before are due: they are neither changed nor removed. */
  readonly firstStart: Minute;
}

/**
 * Compares what stands with what is wanted. The next five minutes have to be exact, so that a live run does what the replay
 * does; later floors may be off a little before they are worth a call. If anything is worth one, everything is put right.
 */
export function difference(input: DifferenceInput): PlanDifference {
  const { standing, wanted, firstStart } = input;
  const ours = standing.filter((action) => isOurs(action) && action.start >= firstStart);
  const standingByName = new Map(ours.map((action) => [action.name, action]));
  const wantedNames = new Set(wanted.map((action) => action.name));
  const put = wanted.filter((action) => !isSame(action, standingByName.get(action.name)));
  const remove = ours.filter((action) => !wantedNames.has(action.name)).map((action) => action.name);
  if (put.length + remove.length === 0) return NO_DIFFERENCE;
  return isMaterial(input, put) ? { put, remove } : NO_DIFFERENCE;
}

function isSame(a: ScheduledAction, b: ScheduledAction | undefined): boolean {
  return b !== undefined && a.start === b.start && a.minSize === b.minSize && b.maxSize === undefined;
}

function isMaterial(input: DifferenceInput, put: readonly ScheduledAction[]): boolean {
  if (put.some((action) => action.name === HOME_STEP_NAME)) return true;
  const owners = input.standing.filter((action) => !isOurs(action));
  const span = { from: input.firstStart, minutes: HORIZON_MINUTES };
  const stands = expandSteps(input.standing, input.minSizeNow, span);
  const wants = expandSteps([...owners, ...input.wanted], input.minSizeNow, span);
  for (let i = 0; i < span.minutes; i++) {
    const [is, should] = [stands[i]!, wants[i]!];
    const allowed = i < NEAR_MINUTES ? 0 : Math.max(1, LATER_TOLERANCE * should);
    if (Math.abs(is - should) > allowed) return true;
  }
  return false;
}

/** Until the tick after next everything is exact: the next tick may come late. */
const NEAR_MINUTES = 10;
