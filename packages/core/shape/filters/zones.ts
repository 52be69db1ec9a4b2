import type { ShapeFilter } from './shape-filter.ts';

/** Every zone of the group offers the type: a group that cannot balance its zones loses the headroom it pays for. */
export const zones: ShapeFilter = {
  name: 'zones',
  reject: ({ type }, { zones: wanted, zonesOffering }) => {
    const offered = zonesOffering?.(type.name);
    const missing = offered && wanted.filter((zone) => !offered.includes(zone));
    if (!missing || missing.length === 0) return undefined;
    return { code: 'zone-without-type', bottleneck: 'zone', facts: { zones: missing.join(', ') } };
  },
};
