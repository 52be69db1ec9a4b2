export * from './policy.ts';
export * from './tier.ts';
export * from './time-zone.ts';
