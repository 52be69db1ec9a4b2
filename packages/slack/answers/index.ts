export type { Action, Actions, Performed } from './actions.ts';
export type { Answering } from './answering.ts';
export { createDirectory, type Directory } from './directory.ts';
export { showLapsed } from './lapse.ts';
export { createMembers } from './members.ts';
export { type ActionOptions, createActions, type Proposal } from './on-ports.ts';
export { createReply } from './reply.ts';
export type { Allowed, Members, WhoMay } from './who-may.ts';
export { doWork } from './work.ts';
