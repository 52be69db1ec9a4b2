import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import type { DemandShape } from './shape.ts';

/** One factor a day of the week, Monday first. */
export type WeekFactors = readonly [number, number, number, number, number, number, number];

/** Minute 0, 1970-01-01, is a Thursday: the fourth day of a week that begins on Monday. */
const FIRST_DAY_OF_WEEK = 3;

/** A factor by the day of the week, e.g. quieter weekends; it blends over the first hours so that no midnight is a cliff. */
export function weekly(factors: WeekFactors, blendMinutes = 180): DemandShape {
  return (at) => {
    const day = Math.floor(at / MINUTES_PER_DAY);
    const today = factors[(((day + FIRST_DAY_OF_WEEK) % 7) + 7) % 7]!;
    const yesterday = factors[(((day + FIRST_DAY_OF_WEEK - 1) % 7) + 7) % 7]!;
    const share = Math.min(1, (at - day * MINUTES_PER_DAY) / Math.max(1, blendMinutes));
    return yesterday + (today - yesterday) * share;
  };
}
