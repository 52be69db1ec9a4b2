export * from './capacity.ts';
export * from './durable.ts';
export * from './janitor.ts';
export * from './own.ts';
export * from './shape.ts';
export * from './statement.ts';
