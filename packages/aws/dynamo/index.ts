export * from './documents.ts';
export * from './dynamo-stores.ts';
export * from './open-dynamo-stores.ts';
export * from './table.ts';
