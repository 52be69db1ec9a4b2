export * from './announced.ts';
export * from './carried-forward.ts';
export * from './mean-known.ts';
export * from './quantile.ts';
export * from './series.ts';
export * from './uncensored.ts';
