import type { ShapeFilter } from './shape-filter.ts';

/** Somebody measured how fast a vCPU is, if only on a family that differs in disk, network or EBS alone. */
export const performance: ShapeFilter = {
  name: 'performance',
  reject: ({ type }) =>
    type.performance
      ? undefined
      : { code: 'performance-unknown', bottleneck: 'performance', facts: { family: type.family } },
};
