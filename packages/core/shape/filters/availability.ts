import type { ShapeFilter } from './shape-filter.ts';

/** Nothing that could not be had lately in a zone of the group, as the group would buy it. */
export const availability: ShapeFilter = {
  name: 'availability',
  reject: ({ type }, { unavailable, zones, spotShare, now }) => {
    const failed = unavailable.find(
      (offering) =>
        offering.type === type.name &&
        offering.until > now &&
        zones.includes(offering.zone) &&
        (offering.purchase === 'spot' ? spotShare > 0 : spotShare < 1),
    );
    if (!failed) return undefined;
    const { zone, purchase, until } = failed;
    return { code: 'offering-unavailable', bottleneck: 'capacity', facts: { zone, purchase, until } };
  },
};
