import type { ShapeFilter } from './shape-filter.ts';

/** The image must run on the type. */
export const architecture: ShapeFilter = {
  name: 'architecture',
  reject: ({ type }, { architectures }) =>
    type.architectures.some((each) => architectures.includes(each))
      ? undefined
      : {
          code: 'architecture',
          bottleneck: 'architecture',
          facts: { type: type.architectures.join(', '), image: architectures.join(', ') },
        },
};
