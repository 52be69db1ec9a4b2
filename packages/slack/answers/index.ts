export {
  type Action,
  type ActionOptions,
  type Actions,
  createActions,
  createDirectory,
  type Directory,
  type GroupSource,
  type KnownGroup,
  type Performed,
  type Proposal,
  stillStands,
} from '@evenkeel/engine/answers';
export type { Answering } from './answering.ts';
export { createMembers } from './members.ts';
export { createReply } from './reply.ts';
export { openQuestions } from './settle.ts';
export { showEnds } from './show-ends.ts';
export { showOver } from './standing.ts';
export type { Allowed, Members, WhoMay } from './who-may.ts';
export { doWork } from './work.ts';
