import type { CanaryFinding } from '../../explain/shape-decisions.ts';
import type { Comparison } from './compare.ts';

/** A figure of which less is better, judged against the most that is allowed. */
export function upTo(limit: number, { difference, toPass, toCondemn }: Comparison): CanaryFinding['outcome'] {
  if (difference - toCondemn > limit) return 'worse';
  return difference + toPass < limit ? 'fine' : 'unclear';
}
