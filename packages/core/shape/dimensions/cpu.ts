import type { Dimension } from './dimension.ts';

/** vCPUs of m5 performance: vCPUs x performance factor, at the utilisation the service level allows. */
export const cpu: Dimension = {
  name: 'cpu',
  breach: 'slowdown',
  loadOf: (history) => history.cpu,
  limitOf: (type, count, { rules }) =>
    type.performance && count * type.vcpus * type.performance.factor * rules.sloUtilisation,
};
