import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { DemandShape } from './shape.ts';

export interface FlashCrowdOptions {
  readonly at: Minute;
  /** Demand on top at the height, capacity units. */
  readonly height: number;
  /** From nothing to the height, in a straight line. */
  readonly rise: Minutes;
  /** From the height on the crowd halves in this time. */
  readonly halfLife: Minutes;
}

/** A crowd that nobody announced: a steep straight rise, then an exponential fall (the shape of a news or social-media link). */
export function flashCrowd({ at: start, height, rise, halfLife }: FlashCrowdOptions): DemandShape {
  return (at) => {
    if (at < start) return 0;
    const since = at - start;
    return since < rise ? (height * since) / rise : height * 0.5 ** ((since - rise) / halfLife);
  };
}
