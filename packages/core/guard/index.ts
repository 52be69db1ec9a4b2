export * from './anomaly.ts';
export * from './band.ts';
export * from './fleet-brake.ts';
export * from './footing.ts';
export * from './hold.ts';
export * from './not-ours.ts';
export * from './tunable.ts';
