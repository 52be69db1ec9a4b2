export * from './catalog.ts';
export * from './catalog-age.ts';
export * from './drift.ts';
export * from './live-facts.ts';
export * from './load-catalog.ts';
export * from './refresh/instance-types.ts';
export * from './refresh/on-demand-prices.ts';
export * from './refresh/spot-prices.ts';
