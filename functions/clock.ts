import type { Instant } from '@evenkeel/core/quantities';

/** The one clock of the functions; everything else is told the time. */
export const clock = {
  now: (): Instant => Date.now() as Instant,
  sleep: (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds)),
};
