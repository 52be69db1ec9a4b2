import { MINUTES_PER_DAY, type Minute, type Minutes, minute, TICK_MINUTES } from '@evenkeel/core/quantities';
import type { Ports } from '@evenkeel/engine/ports';
import type { Span } from './options.ts';
import type { Region } from './region.ts';

/** One of Evenkeel's loops over the fleet: the use cases are given in, the twin does not know them. */
export type Loop = (ports: Ports, now: Minute) => Promise<unknown>;

export interface LiveOptions {
  /** Every 5 minutes, in minutes divisible by 5. */
  readonly tick: Loop;
  /** Once a day, before the tick of the same minute. */
  readonly review: Loop;
  /** Minute of the day of the review, divisible by 5. Default: 5, when all of yesterday can be read. */
  readonly reviewAt?: Minutes;
  /** The region is played up to here (exclusive). */
  readonly until: Minute;
  /** When Evenkeel is gone: neither ticks nor reviews. */
  readonly controllerOff?: readonly Span[];
  /** After each minute with what Evenkeel did in it, e.g. for progress. */
  readonly onMinute?: (at: Minute) => void;
}

/**
 * Lives on with Evenkeel: the region plays each minute first, then the loops that are due in it run on what is visible, so
 * that what they write takes effect from the next minute on (EVALUATION's order). Rejects with what a loop rejects with.
 */
export async function live(region: Region, options: LiveOptions): Promise<void> {
  const { tick, review, reviewAt = TICK_MINUTES, until, controllerOff = [], onMinute } = options;
  while (region.now() + 1 < until) {
    region.advance(1);
    const now = region.now();
    if (now % TICK_MINUTES === 0 && !controllerOff.some((span) => now >= span.from && now < span.to)) {
      if (now % MINUTES_PER_DAY === reviewAt) await review(region.ports, now);
      await tick(region.ports, now);
    }
    onMinute?.(now);
  }
}

/** The span of so many minutes from `from` on. */
export function span(from: Minute, minutes: number): Span {
  return { from, to: minute(from + minutes) };
}
