export * from './dynamo-stores.ts';
export * from './table.ts';
