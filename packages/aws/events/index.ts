export { actorOf } from './api-call/actor.ts';
export { changesOf } from './api-call/change.ts';
export { ApiCall } from './api-call/schema.ts';
export type { EventKind, Translation } from './event-kind.ts';
export { FLEET_EVENTS, REQUESTS, translate } from './translate.ts';
