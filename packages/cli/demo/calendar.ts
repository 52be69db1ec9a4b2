import { MINUTES_PER_DAY, MINUTES_PER_WEEK, type Minute, minute } from '@evenkeel/core/quantities';

/** Monday, 7 September 2026: four weeks of history begin. */
export const HISTORY_BEGINS: Minute = minute(Date.UTC(2026, 8, 7) / 60_000);
/** Four weeks on, Monday: Evenkeel is let in. */
export const EVENKEEL_BEGINS: Minute = minute(HISTORY_BEGINS + 4 * MINUTES_PER_WEEK);
/** Two weeks later the demo ends. */
export const DEMO_ENDS: Minute = minute(EVENKEEL_BEGINS + 2 * MINUTES_PER_WEEK);
export const DEMO_DAYS = (DEMO_ENDS - EVENKEEL_BEGINS) / MINUTES_PER_DAY;
