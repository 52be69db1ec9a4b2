export * from './delivery.ts';
export { drain } from './drain.ts';
export { createOutbox, type Outbox, SETTLE_MS } from './outbox.ts';
export { type Clock, createPace, type Pace } from './pace.ts';
export type { Routes } from './route.ts';
export { undelivered } from './undelivered.ts';
