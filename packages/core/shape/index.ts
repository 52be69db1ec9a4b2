export * from './instance-type.ts';
