import type { Instances, Minute } from '../quantities.ts';
import { runsBetween } from './cron.ts';
import { isOurs, type ScheduledAction } from './scheduled-action.ts';

/** The sizes the owner wants from a minute on: the group's own and what the owner's scheduled actions make of them. */
export interface OwnerSizes {
  readonly start: Minute;
  readonly min: Instances;
  readonly max: Instances;
  /** Max or desired 0: the group was put to sleep and stays asleep (S15). */
  readonly asleep: boolean;
  /** Whether an action of the owner runs in `start` and sets MinSize then. */
  readonly setsMin: boolean;
}

/** One run of an owner's action. */
interface OwnerRun {
  readonly at: Minute;
  readonly action: ScheduledAction;
}

/** The owner's side of the time ahead. */
export interface OwnerCalendar {
  /** In order of start; the first begins with `from`. */
  readonly sizes: readonly OwnerSizes[];
  /** Minutes in which an action of the owner runs: a start time must be unique in the group. */
  readonly taken: ReadonlySet<Minute>;
}

/**
 * Reads the owner's scheduled actions from `from` up to `to` as bounds from their minute on (S15).
 * @param now the owner's sizes as they stand: home minimum, MaxSize, desired capacity
 */
export function ownerCalendar(
  actions: readonly ScheduledAction[],
  now: { readonly min: Instances; readonly max: Instances; readonly desired: Instances },
  span: { readonly from: Minute; readonly to: Minute },
): OwnerCalendar {
  const runs = ownerRuns(actions, span.from, span.to);
  let { min, max, desired } = now;
  const taken = new Set(runs.map((run) => run.at));
  const rooms: Room[] = [];
  const sizes: OwnerSizes[] = [
    { start: span.from, min, max, asleep: max === 0 || desired === 0, setsMin: false },
  ];
  for (const run of runs) {
    const { at, action } = run;
    rooms.push(...roomFor(run, sizes.at(-1)!, taken));
    min = action.minSize ?? min;
    max = action.maxSize ?? max;
    // A new minimum lifts desired, a new maximum lowers it, as AWS does it.
    desired = Math.min(max, Math.max(min, action.desired ?? desired));
    sizes.push({
      start: at,
      min,
      max,
      asleep: max === 0 || desired === 0,
      setsMin: action.minSize !== undefined,
    });
  }
  return { sizes: rooms.reduce(withRoom, sizes), taken };
}

/** Before an action of the owner floors must not be above what it sets. */
interface Room {
  /** The last free minute before the action, and the action's. */
  readonly from: Minute;
  readonly at: Minute;
  readonly max: Instances;
}

/**
 * AWS refuses sizes whose minimum is above maximum or desired, and an action of the owner that leaves MinSize alone must not be refused
 * for a floor of ours: its maximum, or desired capacity, binds in the last free minute before it already.
 */
function roomFor({ at, action }: OwnerRun, owner: OwnerSizes, taken: ReadonlySet<Minute>): readonly Room[] {
  const max = Math.min(action.maxSize ?? owner.max, action.desired ?? owner.max);
  if (action.minSize !== undefined || max >= owner.max) return [];
  let from = (at - 1) as Minute;
  while (taken.has(from)) from = (from - 1) as Minute;
  // Below the owner's own minimum it would be refused without us.
  return [{ from, at, max: Math.max(max, owner.min) }];
}

function withRoom(sizes: readonly OwnerSizes[], { from, at, max }: Room): readonly OwnerSizes[] {
  const before = sizes.filter((each) => each.start <= from);
  const last = before.at(-1);
  // Too late to make room.
  if (last === undefined) return sizes;
  const cut = last.start === from ? [] : [{ ...last, start: from, setsMin: false }];
  return [...before, ...cut, ...sizes.slice(before.length)].map((each) =>
    each.start >= from && each.start < at ? { ...each, max: Math.min(each.max, max) } : each,
  );
}

/** The owner's sizes in force in a minute. */
export function ownerSizesAt(calendar: OwnerCalendar, at: Minute): OwnerSizes {
  let current = calendar.sizes[0]!;
  for (const sizes of calendar.sizes) {
    if (sizes.start > at) break;
    current = sizes;
  }
  return current;
}

function ownerRuns(actions: readonly ScheduledAction[], from: Minute, to: Minute): readonly OwnerRun[] {
  return actions
    .filter((action) => !isOurs(action))
    .flatMap((action) => runsBetween(action, from, to).map((at) => ({ at, action })))
    .sort((a, b) => a.at - b.at);
}
