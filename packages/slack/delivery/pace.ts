import type { Instant } from '@evenkeel/core/quantities';

/** Time as the delivery sees it, in milliseconds; virtual in tests. */
export interface Clock {
  readonly now: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Slack takes about one message a second in a channel; a little slower is never refused. */
export const POST_INTERVAL_MS = 1_100;

/** Keeps calls apart. */
export interface Pace {
  /** Resolves with true as soon as the lane is free; false where that is not before `deadline`. */
  turn(lane: string, deadline: Instant): Promise<boolean>;
}

/** One call a lane (a channel, a method) every `intervalMs`. */
export function createPace(clock: Clock, intervalMs = POST_INTERVAL_MS): Pace {
  const free = new Map<string, number>();
  return {
    async turn(lane, deadline) {
      const start = Math.max(clock.now(), free.get(lane) ?? 0);
      if (start >= deadline) return false;
      free.set(lane, start + intervalMs);
      if (start > clock.now()) await clock.sleep(start - clock.now());
      return true;
    },
  };
}
