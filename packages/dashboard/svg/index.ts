export * from './escaped.ts';
export * from './plot.ts';
