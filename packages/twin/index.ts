export * from './demand/index.ts';
export * from './random.ts';
export * from './region/index.ts';
