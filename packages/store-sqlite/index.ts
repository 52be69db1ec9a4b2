export * from './sqlite-stores.ts';
