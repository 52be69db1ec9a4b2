export * from './fill-gaps.ts';
export * from './floors-of.ts';
export * from './footing.ts';
export * from './hold-tournament.ts';
export * from './standings.ts';
export * from './strategies.ts';
export * from './tournament.ts';
