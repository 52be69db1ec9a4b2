import type { ShapeFilter } from './shape-filter.ts';

/** A price somebody named: types without one are out, and an estimated one never decides alone. */
export const price: ShapeFilter = {
  name: 'price',
  reject: ({ type, price: known }) => {
    if (!known) return { code: 'price-unknown', bottleneck: 'price', facts: { family: type.family } };
    if (known.trust !== 'estimated') return undefined;
    return { code: 'price-estimated', bottleneck: 'price', facts: { usdPerHour: known.usdPerHour } };
  },
};
