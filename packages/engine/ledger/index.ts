export * from './entries-back.ts';
