export type { WatchedPlace } from './troubles.ts';
export * from './watch-health.ts';
