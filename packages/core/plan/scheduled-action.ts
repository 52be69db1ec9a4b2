import type { Instances, Minute } from '../quantities.ts';

/** A change of the group's sizes that AWS itself makes at a time. Ours set MinSize only and carry the prefix. */
export interface ScheduledAction {
  readonly name: string;
  /** The minute it runs; for a recurring action the next one. */
  readonly start: Minute;
  readonly minSize?: Instances;
  readonly maxSize?: Instances;
  readonly desired?: Instances;
  /** Five-field cron of the owner's recurring actions; ours never recur. */
  readonly recurrence?: string;
  /** IANA time zone of the recurrence; UTC where absent. */
  readonly timeZone?: string;
  /** From this minute on a recurring action runs no more. */
  readonly end?: Minute;
}

export const OUR_PREFIX = 'evenkeel-';
/** The step every plan ends with: MinSize back to the owner's own (S3). */
export const HOME_STEP_NAME = 'evenkeel-home';

/** Whether Evenkeel wrote the action. */
export function isOurs(action: ScheduledAction): boolean {
  return action.name.startsWith(OUR_PREFIX);
}
