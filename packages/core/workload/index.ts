export * from './policy.ts';
export * from './tier.ts';
