import type { DemandSeries } from '@evenkeel/core/demand';
import type { Profile } from '@evenkeel/core/forecast';
import type { FloorSchedule } from '@evenkeel/core/plan';
import {
  type CapacityUnits,
  ceilInstances,
  type Instances,
  MINUTES_PER_DAY,
  type Minute,
  type Minutes,
  TICK_MINUTES,
} from '@evenkeel/core/quantities';
import type { ExpectedEvent } from '../ports/index.ts';

/**
 * The floors of a schedule with what is expected: it multiplies the floors of its time, or adds to them, and does so the
 * lead time before, so that instances serve when it begins. The largest of several counts.
 * @param ground what a strategy without floors has in place of one, instances
 */
export function withEvents(
  schedule: FloorSchedule,
  events: readonly ExpectedEvent[],
  { lead, ground }: { readonly lead: Minutes; readonly ground: (start: Minute) => Instances },
): FloorSchedule {
  if (events.length === 0) return schedule;
  const floors = schedule.floors.map((floor, i) => {
    const start = (schedule.from + i * schedule.stepMinutes) as Minute;
    const end = start + schedule.stepMinutes;
    const now = events.filter((each) => each.from < end + lead && each.until > start);
    const factor = Math.max(1, ...now.map((event) => event.factor));
    const usual = factor > 1 ? Math.max(floor, ground(start)) : floor;
    return ceilInstances(usual * factor) + Math.max(0, ...now.map((event) => event.add ?? 0));
  });
  return { ...schedule, floors };
}

/**
 * The floors of a schedule with boosts on top: as many more as are asked for than there were when each began, and never less than on top of the
 * floor. Reserve that target tracking holds above the floor is not counted as the boost.
 * @param base how many instances there were when a boost began
 */
export function withBoosts(
  schedule: FloorSchedule,
  boosts: readonly ExpectedEvent[],
  base: (boost: ExpectedEvent) => Instances,
): FloorSchedule {
  if (boosts.length === 0) return schedule;
  const floors = schedule.floors.map((floor, i) => {
    const start = schedule.from + i * schedule.stepMinutes;
    const now = boosts.filter((each) => each.from < start + schedule.stepMinutes && each.until > start);
    const wanted = now.map((boost) => {
      return ceilInstances(Math.max(floor, base(boost)) * boost.factor) + (boost.add ?? 0);
    });
    return Math.max(floor, ...wanted);
  });
  return { ...schedule, floors };
}

/** What is usual in a minute by the profile's day ahead; 0, which believes the announcement whole, where it says nothing. */
export function usualBy({ dayAhead, learnedAt }: Profile): (minute: Minute) => CapacityUnits {
  return (minute) => dayAhead[Math.floor((minute - learnedAt) / TICK_MINUTES)] ?? 0;
}

/** The highest need around the same time yesterday, instances: what a strategy that has no floors multiplies. */
export function needOfYesterday(
  { start, values }: DemandSeries,
  sloUtilisation: number,
): (minute: Minute) => Instances {
  return (minute) => {
    const first = minute - MINUTES_PER_DAY - start;
    let highest = 0;
    for (let i = Math.max(0, first); i < first + TICK_MINUTES && i < values.length; i++) {
      if (values[i]! > highest) highest = values[i]!;
    }
    return ceilInstances(highest / sloUtilisation);
  };
}
