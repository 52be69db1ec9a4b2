export * from './group-scan.ts';
export * from './measured-of.ts';
export * from './scan-group.ts';
