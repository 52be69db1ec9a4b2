import type { ShapeFilter } from './shape-filter.ts';

/** No change twice with the same outcome: what was rolled back stays out until its time. */
export const rolledBack: ShapeFilter = {
  name: 'rolled-back',
  reject: ({ type }, { rolledBack: tried, now }) => {
    const before = tried.find((shape) => shape.type === type.name && shape.notBefore > now);
    return (
      before && { code: 'rolled-back-before', bottleneck: 'history', facts: { notBefore: before.notBefore } }
    );
  },
};
