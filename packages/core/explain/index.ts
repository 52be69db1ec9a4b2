export * from './capacity-decisions.ts';
export * from './conduct-decisions.ts';
export * from './decision.ts';
export * from './excuse.ts';
export * from './expectation.ts';
export * from './fleet-decisions.ts';
export * from './ledger-entry.ts';
export * from './shape-decisions.ts';
