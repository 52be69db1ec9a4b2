export * from './demand/index.ts';
export * from './random.ts';
