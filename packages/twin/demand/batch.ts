import { MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minutes } from '@evenkeel/core/quantities';
import type { DemandShape } from './shape.ts';

export interface BatchOptions {
  /** Demand while the batch runs, capacity units. */
  readonly units: number;
  /** Hour of the day (UTC, fractions allowed) it begins. */
  readonly startHour: number;
  readonly duration: Minutes;
  /** Every how many minutes it begins again. Default: a day. */
  readonly every?: Minutes;
}

/** A job that runs by the clock: all of its demand from one minute to the next, and nothing in between. */
export function batch({ units, startHour, duration, every = MINUTES_PER_DAY }: BatchOptions): DemandShape {
  if (duration > every) throw new RangeError(`a batch of ${duration} minutes cannot begin every ${every}`);
  const offset = startHour * MINUTES_PER_HOUR;
  return (at) => {
    const since = (((at - offset) % every) + every) % every;
    return since < duration ? units : 0;
  };
}
