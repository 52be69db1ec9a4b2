import type { Excuse } from '../explain/excuse.ts';
import { ceilInstances, type Instances, type Minute } from '../quantities.ts';
import type { Bounds } from '../workload/policy.ts';
import type { FloorSchedule } from './floor-schedule.ts';
import { type OwnerCalendar, type OwnerSizes, ownerSizesAt } from './owner-calendar.ts';
import type { Segment } from './segment.ts';

/** Floors never go above this many times the highest need of 28 days, unless an expected event says so (S2). */
export const HIGHEST_NEED_FACTOR = 1.2;

export interface ClampOptions {
  readonly calendar: OwnerCalendar;
  /** The tag `evenkeel:bounds`: its minimum takes the place of the home minimum. */
  readonly bounds?: Bounds;
  /** The highest need of the last 28 days in instances; absent where it is not known or an expected event is near. */
  readonly highestNeed?: number;
}

export interface ClampedFloors {
  readonly segments: readonly Segment[];
  readonly excuses: readonly Excuse[];
}

/** S2: brings floors within home minimum (or bounds), MaxSize and 1.2 x the highest need, minute by minute of the owner's calendar. */
export function clampFloors(schedule: FloorSchedule, options: ClampOptions): ClampedFloors {
  const segments: Segment[] = [];
  let capped: { wanted: Instances; max: Instances; at: Minute } | undefined;
  let asleep: Minute | undefined;
  for (const { start, floor } of cutAt(schedule, options.calendar)) {
    const owner = ownerSizesAt(options.calendar, start);
    if (owner.asleep) {
      asleep ??= start;
      segments.push({ start, floor: undefined, max: 0 });
      continue;
    }
    const { clamped, max, wanted } = clamp(floor, owner, options);
    if (wanted > max && wanted > (capped?.wanted ?? 0)) capped = { wanted, max, at: start };
    segments.push({ start, floor: clamped, max });
  }
  const excuses: Excuse[] = [];
  if (capped) excuses.push({ code: 'at-max-size', bottleneck: 'MaxSize', facts: capped });
  if (asleep !== undefined)
    excuses.push({ code: 'group-asleep', bottleneck: 'desired capacity', facts: { at: asleep } });
  return { segments, excuses };
}

function clamp(floor: Instances, owner: OwnerSizes, { bounds, highestNeed }: ClampOptions) {
  const max = Math.min(owner.max, bounds?.max ?? owner.max);
  const min = Math.min(bounds?.min ?? owner.min, max);
  const cap = highestNeed === undefined ? max : ceilInstances(HIGHEST_NEED_FACTOR * highestNeed);
  // What exceeds all history is not believed (S2), and no reason to ask for a higher MaxSize.
  const wanted = highestNeed === undefined ? floor : Math.min(floor, cap);
  return { clamped: Math.max(min, Math.min(floor, cap, max)), max, wanted };
}

/** The schedule as segments, cut also where an action of the owner runs. */
function cutAt(schedule: FloorSchedule, calendar: OwnerCalendar): { start: Minute; floor: Instances }[] {
  const { from, stepMinutes, floors } = schedule;
  const starts = new Set<number>(floors.map((_, i) => from + i * stepMinutes));
  const end = from + floors.length * stepMinutes;
  for (const { start } of calendar.sizes) if (start > from && start < end) starts.add(start);
  return [...starts]
    .sort((a, b) => a - b)
    .map((start) => ({
      start: start as Minute,
      floor: floors[Math.floor((start - from) / stepMinutes)] ?? 0,
    }));
}
