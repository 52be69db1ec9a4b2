export {
  type CanaryInstance,
  type CanaryMeasurement,
  type CanaryTest,
  DEFAULT_CANARY_TEST,
} from './canary-measurement.ts';
export * from './judge-canary.ts';
