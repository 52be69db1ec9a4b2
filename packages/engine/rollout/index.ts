export type { RolloutEnd } from './conclude.ts';
export {
  DEFAULT_ROLLOUT_SETTINGS,
  type RolloutDeps,
  type RolloutOrder,
  type RolloutSettings,
} from './deps.ts';
export * from './document-approvals.ts';
export { type LearnedFactors, learnedFactors, runningRollouts } from './register.ts';
export * from './rollout.ts';
export * from './settle-rollouts.ts';
export * from './steps.ts';
