export * from './cron.ts';
export * from './scheduled-action.ts';
