export * from './react/react.ts';
export type { Reaction } from './react/reaction.ts';
export * from './review/review.ts';
export * from './review/shape/rollout-plan-of.ts';
export * from './run/run.ts';
export * from './run/settings.ts';
export * from './target/approve-target.ts';
export * from './tick/tick.ts';
export * from './tidy/tidy.ts';
