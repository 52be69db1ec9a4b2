import type { Minute } from '@evenkeel/core/quantities';
import type { DemandShape } from './shape.ts';

/**
 * Recorded demand, one value a minute in capacity units, the first in minute `start`. Before and after it the nearest value
 * goes on, so that a region may run past its end without demand falling to nothing. Throws a RangeError when empty.
 */
export function trace(values: Float64Array, start: Minute): DemandShape {
  if (values.length === 0) throw new RangeError('a trace needs at least one value');
  const last = values.length - 1;
  return (at) => values[Math.min(last, Math.max(0, at - start))]!;
}
