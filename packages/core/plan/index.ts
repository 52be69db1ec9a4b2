export * from './scheduled-action.ts';
