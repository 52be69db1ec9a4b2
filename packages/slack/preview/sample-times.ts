import { type Minute, minute } from '@evenkeel/core/quantities';

/** A made-up Monday morning; samples never depend on the clock. */
export const SAMPLE_NOW: Minute = minute(29_663_100);
export const HOUR = 60;
export const DAY = 1440;
/** So many minutes after that morning. */
export const later = (minutes: number) => minute(SAMPLE_NOW + minutes);
