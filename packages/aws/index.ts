export * from './call-budget.ts';
export * from './clients.ts';
export * from './compose.ts';
export * from './errors.ts';
export * from './time.ts';
