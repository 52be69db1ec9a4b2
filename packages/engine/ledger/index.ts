export * from './entries-back.ts';
export * from './is-about.ts';
