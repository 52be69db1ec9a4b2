export * from './group-scan.ts';
export * from './scan-group.ts';
