import { quantile } from '../../demand/quantile.ts';
import type { Candidate, PricedEntry } from '../candidate.ts';
import { DIMENSIONS } from '../dimensions/index.ts';
import type { Architecture } from '../instance-type.ts';
import type { ShapeHistory } from '../shape-history.ts';
import { cheapest } from './keep.ts';

const QUANTILE = 0.995;
const HEADROOM = 1.2;
/** The headroom takes the place of the service level and of the memory that is kept free: limits are what an instance has. */
const FULL = { sloUtilisation: 1, memoryShare: 1, systemMemoryGiB: 0.5 } as const;

/**
 * What an adviser gives that looks at one instance at a time: same count, same architecture, the cheapest type that holds the 99.5th percentile
 * of the history and 20 % more in every dimension. Undefined where none does.
 */
export function oneForOne(
  entries: readonly PricedEntry[],
  history: ShapeHistory,
  architecture: Architecture,
): Candidate | undefined {
  const { instances } = history;
  const context = { rules: FULL, measuredAt: instances };
  const needs = DIMENSIONS.flatMap((dimension) => {
    const load = dimension.loadOf(history);
    return load ? [{ dimension, need: HEADROOM * quantile(load, QUANTILE) }] : [];
  });
  const fitting = entries.filter(
    ({ type }) =>
      type.architectures.includes(architecture) &&
      needs.every(({ dimension, need }) => need <= (dimension.limitOf(type, instances, context) ?? 0)),
  );
  return cheapest(fitting, instances);
}
