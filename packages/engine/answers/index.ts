export * from './actions.ts';
export * from './answer.ts';
export type { Proposal } from './answer-proposal.ts';
export * from './answering.ts';
export * from './directory.ts';
export * from './limits.ts';
export * from './on-ports.ts';
export * from './open-questions.ts';
export * from './rollback-choices.ts';
