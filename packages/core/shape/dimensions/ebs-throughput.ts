import type { Dimension } from './dimension.ts';

/** The baseline EBS bandwidth, as with the network. */
export const ebsThroughput: Dimension = {
  name: 'ebs-throughput',
  breach: 'slowdown',
  loadOf: (history) => history.ebsThroughput,
  limitOf: (type, count) => type.ebs && count * type.ebs.baselineMbps,
};
