import type { Excuse } from '../explain/excuse.ts';
import type { Instances, Minute } from '../quantities.ts';
import { type ClampOptions, clampFloors } from './clamp-floors.ts';
import type { FloorSchedule } from './floor-schedule.ts';
import { type OwnerCalendar, ownerSizesAt } from './owner-calendar.ts';
import { HOME_STEP_NAME, type ScheduledAction } from './scheduled-action.ts';
import { joinEqual, mergeSegments, type Segment } from './segment.ts';
import { stepName } from './step-name.ts';

/** A plan of 24 hours is at most this many actions, the home step included (S4). */
export const MAX_STEPS = 48;
/** The near end is never merged: what is in force next is what the floors say, to the minute. */
export const EXACT_MINUTES = 60;
/** The home step always stands between these two ahead (S3). */
export const HOME_EARLIEST_MINUTES = 24 * 60;
export const HOME_LATEST_MINUTES = 30 * 60;
/** So far ahead it is written: off the round minutes people choose, since a group takes one action a minute and theirs would be refused. */
export const HOME_AHEAD_MINUTES = HOME_LATEST_MINUTES - 2;
// The home step is moved on before it comes nearer than two ticks to its limit.
const HOME_SLACK_MINUTES = 10;

export interface PlanInput extends ClampOptions {
  readonly group: string;
  readonly schedule: FloorSchedule;
  /** The first minute a step may start: the first whole minute at least 60 s ahead (S4). */
  readonly firstStart: Minute;
  /** MinSize as it stands. */
  readonly minSizeNow: Instances;
  /** Our home step where one stands: it is kept while it is far enough ahead. */
  readonly standingHome?: ScheduledAction;
  /** How many actions of ours the group has room for; fewer than MAX_STEPS where the owner has many. */
  readonly room?: number;
}

/** The floors of the next 24 hours as few steps, ending at home. */
export interface Plan {
  /** In order of start; the last is the home step. */
  readonly steps: readonly ScheduledAction[];
  /** The floors the steps stand for, clamped but not merged. */
  readonly segments: readonly Segment[];
  readonly excuses: readonly Excuse[];
}

/**
 * Turns floors into scheduled actions. The same input gives the same plan.
 * Steps set MinSize only, and only where it changes; where the day has more changes than fit, neighbours are merged under
 * their upper envelope, the first hour never. On a minute the owner's own action takes, a raise goes a minute earlier and a
 * fall a minute later (S4).
 */
export function planSteps(input: PlanInput): Plan {
  const { schedule } = input;
  const { segments, excuses } = clampFloors(schedule, input);
  const end = (schedule.from + schedule.floors.length * schedule.stepMinutes) as Minute;
  const exactUntil = (schedule.from + EXACT_MINUTES) as Minute;
  const most = Math.max(1, Math.min(MAX_STEPS, input.room ?? MAX_STEPS) - 1);
  // The owner's actions that set MinSize cost an extra step each to put the floor back.
  let steps = emitSteps(segments, input);
  for (let allowed = most; steps.length > most && allowed > 0; allowed--) {
    steps = emitSteps(mergeSegments(segments, { most: allowed, exactUntil, end }), input);
  }
  // What still does not fit is the far end, which the next ticks write when it has come nearer.
  const named = steps
    .slice(0, most)
    .map(({ start, minSize }) => ({ name: stepName(input.group, start), start, minSize }));
  return { steps: [...named, homeStep(input, end)], segments: joinEqual(segments), excuses };
}

/** A step before it has a name. */
interface Step {
  readonly start: Minute;
  readonly minSize: Instances;
}

/** The steps that make MinSize follow the segments, given what the owner's own actions do to it. */
function emitSteps(segments: readonly Segment[], input: PlanInput): Step[] {
  const { calendar } = input;
  const steps: Step[] = [];
  let level: Instances = input.minSizeNow;
  let previous = (input.firstStart - 1) as Minute;
  for (const { start, floor, until, reset } of withResets(segments, calendar)) {
    if (reset !== undefined) level = reset;
    if (floor === undefined || floor === level) continue;
    const wanted = Math.max(start, input.firstStart) as Minute;
    const rises = floor > level && reset === undefined;
    const at = freeMinute({ wanted, floor, rises, previous, calendar });
    // A step that would only begin when the next one takes over is left out: the floor before it holds on.
    if (until !== undefined && at >= until) continue;
    steps.push({ start: at, minSize: floor });
    [level, previous] = [floor, at];
  }
  return steps;
}

interface Change extends Segment {
  readonly until?: Minute;
  /** What an action of the owner sets MinSize to in `start`: from then on that is the level, whatever we wrote before. */
  readonly reset?: Instances;
}

function withResets(segments: readonly Segment[], calendar: OwnerCalendar): Change[] {
  const resets = new Map(
    calendar.sizes.filter((sizes) => sizes.setsMin).map((sizes) => [sizes.start, sizes.min] as const),
  );
  const changes: Segment[] = [...segments];
  for (const start of resets.keys()) {
    if (start < (segments[0]?.start ?? 0) || segments.some((segment) => segment.start === start)) continue;
    const before = segments.findLast((segment) => segment.start < start);
    changes.push({ start, floor: before?.floor, max: before?.max ?? 0 });
  }
  changes.sort((a, b) => a.start - b.start);
  return changes.map((change, i) => {
    const [until, reset] = [changes[i + 1]?.start, resets.get(change.start)];
    return {
      ...change,
      ...(until === undefined ? {} : { until }),
      ...(reset === undefined ? {} : { reset }),
    };
  });
}

function freeMinute(options: {
  readonly wanted: Minute;
  readonly floor: Instances;
  readonly rises: boolean;
  readonly previous: Minute;
  readonly calendar: OwnerCalendar;
}): Minute {
  const { wanted, floor, rises, previous, calendar } = options;
  // Earlier only as far as the owner's maximum allows the floor by then.
  const allowed = (at: Minute) => floor <= ownerSizesAt(calendar, at).max;
  if (rises) {
    for (let at = wanted; at > previous && allowed(at); at = (at - 1) as Minute)
      if (!calendar.taken.has(at)) return at;
  }
  let at = Math.max(wanted, previous + 1) as Minute;
  while (calendar.taken.has(at)) at = (at + 1) as Minute;
  return at;
}

/** S3: MinSize back to the owner's own, where it stands if that is far enough ahead, else as far ahead as allowed. */
function homeStep(input: PlanInput, end: Minute): ScheduledAction {
  const { calendar, standingHome, firstStart } = input;
  const now = firstStart - 1;
  const stands =
    standingHome !== undefined &&
    standingHome.start >= Math.max(end, now + HOME_EARLIEST_MINUTES + HOME_SLACK_MINUTES) &&
    standingHome.start <= now + HOME_LATEST_MINUTES &&
    !calendar.taken.has(standingHome.start);
  let start = (stands ? standingHome.start : now + HOME_AHEAD_MINUTES) as Minute;
  while (calendar.taken.has(start)) start = (start - 1) as Minute;
  return { name: HOME_STEP_NAME, start, minSize: ownerSizesAt(calendar, start).min };
}
