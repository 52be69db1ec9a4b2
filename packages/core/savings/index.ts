export * from './day-figures.ts';
export * from './replay-gate.ts';
