export type { TwinFlaw } from '../refresh/flaws.ts';
export * from './extras.ts';
export * from './history.ts';
export * from './live.ts';
export * from './options.ts';
export type { OwnerHand } from './owner-hand.ts';
export * from './owner-run.ts';
export * from './region.ts';
export type { TwinGroup } from './twin-group.ts';
