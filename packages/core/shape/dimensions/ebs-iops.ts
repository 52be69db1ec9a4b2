import type { Dimension } from './dimension.ts';

/** The baseline EBS operations a second. */
export const ebsIops: Dimension = {
  name: 'ebs-iops',
  breach: 'slowdown',
  loadOf: (history) => history.ebsIops,
  limitOf: (type, count) => type.ebs && count * type.ebs.baselineIops,
};
