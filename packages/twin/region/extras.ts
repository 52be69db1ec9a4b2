import type { Minutes } from '@evenkeel/core/quantities';

/** What the real thing has and the kernel lacks; each is switched on by itself, and with all of them off the twin is the kernel. */
export interface Extras {
  /** Scheduled actions run up to this much late, in their order within a group (AWS: up to 2 minutes). */
  readonly actionsLate: Minutes;
  /** How much longer a terminated instance is billed, its connections draining (an ALB's default: 5 minutes). */
  readonly draining: Minutes;
  /** Every zone gets the same share of demand, however many instances it has: the fuller zones idle while others are short. */
  readonly zoneRounding: boolean;
  /** Gaps in which no metric is published: how many a day on average, and how long each. */
  readonly metricGaps: { readonly perDay: number; readonly length: Minutes };
  /** 5: basic monitoring, each minute shows the mean of its 5-minute block once that has ended. */
  readonly metricPeriod: 1 | 5;
  /** Each instance takes up to this much longer to start, evenly spread. */
  readonly startupJitter: Minutes;
  /** Share of launches refused for lack of capacity; the group asks again every minute. */
  readonly launchFailures: number;
}

export const NO_EXTRAS: Extras = {
  actionsLate: 0,
  draining: 0,
  zoneRounding: false,
  metricGaps: { perDay: 0, length: 0 },
  metricPeriod: 1,
  startupJitter: 0,
  launchFailures: 0,
};

/** All of them, as rough as an ordinary bad week. */
export const ALL_EXTRAS: Extras = {
  actionsLate: 2,
  draining: 5,
  zoneRounding: true,
  metricGaps: { perDay: 4, length: 7 },
  metricPeriod: 5,
  startupJitter: 2,
  launchFailures: 0.1,
};
