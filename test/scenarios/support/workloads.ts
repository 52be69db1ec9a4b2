import { MINUTES_PER_DAY, MINUTES_PER_WEEK, type Minute, minute } from '@evenkeel/core/quantities';
import {
  batch,
  chance,
  type DemandShape,
  daily,
  flashCrowd,
  noise,
  product,
  steady,
  sum,
  type TwinGroupOptions,
  weekly,
} from '@evenkeel/twin';

/** A day boundary on which the week is as in a trace that begins at minute 0. */
export const START = minute(2000 * MINUTES_PER_WEEK);

/** The midnight so many days after the start. */
export function day(days: number): Minute {
  return minute(START + days * MINUTES_PER_DAY);
}

/** A factor of mean 1 that belongs to a name. */
export function rough(name: string, sd = 0.08): DemandShape {
  return noise({ chance: chance(1, name), sd, correlation: 0.8 });
}

/** A working week: busy at midday, quieter at weekends. */
export function office(name: string): DemandShape {
  return product(daily({ low: 4, high: 20, peakHour: 13 }), weekly([1, 1, 1, 1, 1, 0.6, 0.5]), rough(name));
}

/** Jobs by the clock on a low level: more than the group can serve when they begin. */
export function jobs(name: string): DemandShape {
  return product(
    sum(
      steady(3),
      batch({ units: 12, startHour: 2, duration: 90 }),
      batch({ units: 5, startHour: 0, duration: 20, every: 180 }),
    ),
    rough(name),
  );
}

/** An evening's wave with a crowd a day that nobody announced. */
export function crowds(name: string): DemandShape {
  const each = Array.from({ length: 12 }, (_, i) =>
    flashCrowd({ at: minute(day(i) + 300 + ((i * 200) % 900)), height: 14, rise: 6, halfLife: 30 }),
  );
  return product(sum(daily({ low: 2, high: 9, peakHour: 20 }), ...each), rough(name));
}

/** A group in mode auto. */
export function autoGroup(
  name: string,
  tier: number,
  options: Partial<TwinGroupOptions> & Pick<TwinGroupOptions, 'demand'>,
): TwinGroupOptions {
  return {
    name,
    tags: { 'evenkeel:workload': name, 'evenkeel:tier': `${tier}`, 'evenkeel:mode': 'auto' },
    size: { min: 2, max: 80 },
    ...options,
  };
}

/** The same without guard metrics: the kernel has none, and where requests fail S6 rightly holds floors that a replay lowers. */
export function unguarded(group: TwinGroupOptions): TwinGroupOptions {
  return { ...group, targetGroups: [] };
}
