export { daySummary } from './day-summary.ts';
export { weeklyDigest } from './digest.ts';
export { endOfDay } from './end-of-day.ts';
