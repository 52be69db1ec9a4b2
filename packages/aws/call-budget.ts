import type { Timing } from './time.ts';

/** Lets a caller through once the budget has room, in the order they asked. */
export type CallBudget = () => Promise<void>;

export interface CallBudgetOptions {
  /** How many calls any span of a second may hold; below one, a call every so often (0.2: every five seconds). */
  readonly perSecond: number;
  readonly timing: Timing;
}

const SECOND = 1_000;

/**
 * At most `perSecond` calls in any span of one second (S26). AWS keeps one throttle bucket per account and region for all callers of
 * EC2 Auto Scaling, the owner's own tools included, and publishes no rate: a sliding window takes less of it than a bucket that
 * may burst. Retries of the SDK pass here too.
 */
export function createCallBudget({ perSecond, timing }: CallBudgetOptions): CallBudget {
  const recent: number[] = [];
  let queue: Promise<void> = Promise.resolve();

  const calls = Math.max(1, Math.floor(perSecond));
  const span = (SECOND * calls) / perSecond;
  const take = async (): Promise<void> => {
    const oldest = recent.length < calls ? undefined : recent.shift();
    if (oldest !== undefined) {
      const wait = oldest + span - timing.now();
      if (wait > 0) await timing.sleep(wait);
    }
    recent.push(timing.now());
  };
  return () => {
    queue = queue.then(take);
    return queue;
  };
}
