export type { RolloutEnd } from './conclude.ts';
export {
  DEFAULT_ROLLOUT_SETTINGS,
  type RolloutDeps,
  type RolloutOrder,
  type RolloutSettings,
} from './deps.ts';
export * from './document-approvals.ts';
export * from './local-rollouts.ts';
export * from './of-proposal.ts';
export * from './proposed.ts';
export { runningRollouts } from './register.ts';
export * from './rollout.ts';
export * from './settle-rollouts.ts';
export * from './start-proposed.ts';
export * from './steps.ts';
export * from './want-rollback.ts';
