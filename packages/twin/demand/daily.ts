import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '@evenkeel/core/quantities';
import type { DemandShape } from './shape.ts';

export interface DailyOptions {
  /** Demand in the quietest minute and in the busiest, capacity units. */
  readonly low: number;
  readonly high: number;
  /** Hour of the day (UTC, fractions allowed) of the busiest minute. */
  readonly peakHour: number;
  /** Above 1 the peak is narrower than the trough, at 1 the day is a plain sine. Default 1. */
  readonly sharpness?: number;
}

/** A day's wave: a raised cosine between `low` and `high`, narrowed by the power `sharpness`. */
export function daily({ low, high, peakHour, sharpness = 1 }: DailyOptions): DemandShape {
  return (at) => {
    const phase = (2 * Math.PI * (at - peakHour * MINUTES_PER_HOUR)) / MINUTES_PER_DAY;
    return low + (high - low) * ((1 + Math.cos(phase)) / 2) ** sharpness;
  };
}
