export * from './fleet-event.ts';
