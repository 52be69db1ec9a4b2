export * from './rollout-starter.ts';
export * from './waker.ts';
