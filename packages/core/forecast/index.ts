export * from './blend.ts';
export { compoundOf } from './compounds.ts';
export * from './forecaster.ts';
export * from './forecasters.ts';
export * from './profile.ts';
export * from './strategy.ts';
export * from './surge.ts';
export * from './window.ts';
export * from './with-calibration.ts';
