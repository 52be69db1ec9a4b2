export * from './decision.ts';
export * from './excuse.ts';
export * from './ledger-entry.ts';
