export * from './hold-tournament.ts';
export * from './standings.ts';
export * from './strategies.ts';
export * from './tournament.ts';
