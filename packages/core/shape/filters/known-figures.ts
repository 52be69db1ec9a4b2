import { DIMENSIONS } from '../dimensions/index.ts';
import { DEFAULT_SHAPE_RULES } from '../shape-rules.ts';
import type { ShapeFilter } from './shape-filter.ts';

/** Every resource the group's load was measured in has a figure for the type. */
export const knownFigures: ShapeFilter = {
  name: 'known-figures',
  reject: ({ type }, { history }) => {
    const context = { rules: DEFAULT_SHAPE_RULES, measuredAt: history.instances };
    const blind = DIMENSIONS.find(
      (each) => each.loadOf(history) !== undefined && each.limitOf(type, 1, context) === undefined,
    );
    return blind && { code: 'figure-unknown', bottleneck: blind.name, facts: { family: type.family } };
  },
};
