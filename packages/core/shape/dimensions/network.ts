import type { Dimension } from './dimension.ts';

/** The baseline bandwidth: what "up to" adds lasts minutes and is nobody's to count on. */
export const network: Dimension = {
  name: 'network',
  breach: 'slowdown',
  loadOf: (history) => history.network,
  limitOf: (type, count) => count * type.network.baselineGbps,
};
