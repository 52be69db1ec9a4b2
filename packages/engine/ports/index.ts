export * from './group.ts';
export * from './metrics.ts';
export * from './notices.ts';
export * from './ports.ts';
export * from './scheduled-actions.ts';
export * from './stores.ts';
export * from './targets.ts';
export * from './write-context.ts';
