export * from './change-window.ts';
export * from './moment.ts';
export * from './parse-policy.ts';
export * from './policy.ts';
export * from './tags.ts';
export * from './tier.ts';
export * from './time-zone.ts';
