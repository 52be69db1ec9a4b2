export * from './batch.ts';
export * from './daily.ts';
export * from './flash-crowd.ts';
export * from './growth.ts';
export * from './noise.ts';
export * from './shape.ts';
export * from './trace.ts';
export * from './weekly.ts';
