export * from './quantile.ts';
export * from './series.ts';
