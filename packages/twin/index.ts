export * from './demand/index.ts';
export type { TwinLimits } from './ports/twin-headroom.ts';
export type { TwinUse } from './ports/twin-usage.ts';
export * from './random.ts';
export * from './region/index.ts';
