import { type Instant, type Minute, MS_PER_MINUTE } from '@evenkeel/core/quantities';

/** The start of a minute as the SDK wants it. */
export function dateOf(at: Minute): Date {
  return new Date(at * MS_PER_MINUTE);
}

/** The minute a date of the SDK falls into. */
export function minuteOfDate(date: Date): Minute {
  return Math.floor(date.getTime() / MS_PER_MINUTE) as Minute;
}

/** Time as the adapters need it, given by the composition: `sleep` resolves after so many milliseconds. */
export interface Timing {
  readonly now: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
