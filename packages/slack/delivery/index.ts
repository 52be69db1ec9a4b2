export * from './delivery.ts';
export { drain } from './drain.ts';
export { createOutbox, type Outbox, SETTLE_MS } from './outbox.ts';
export { type Clock, createPace, type Pace } from './pace.ts';
export type { Routes } from './route.ts';
export { tellDirectly } from './tell-directly.ts';
export { undelivered } from './undelivered.ts';
export { type DeliveryWatch, watchDelivery } from './watch-delivery.ts';
