import { MINUTES_PER_WEEK, type Minute } from '@evenkeel/core/quantities';
import type { DemandShape } from './shape.ts';

/** A factor that grows evenly in proportion: 1 at `from`, 1 + `perWeek` a week later, and so on (negative: shrinks). */
export function growth(perWeek: number, from: Minute): DemandShape {
  if (perWeek <= -1) throw new RangeError(`growth per week must be above -1, not ${perWeek}`);
  const rate = Math.log1p(perWeek) / MINUTES_PER_WEEK;
  return (at) => Math.exp(rate * (at - from));
}
