export * from './review/review.ts';
export * from './run/run.ts';
export * from './run/settings.ts';
export * from './tick/tick.ts';
