/**
 * How many calls of EC2 Auto Scaling a second each function may make in one account and region. The bucket there is shared with the owner's
 * own tools: together they stay within two a second (S26). Each of them runs once at a time per place: ticks and reactions share one FIFO
 * message group, reviews have another, timer, janitor and settler are single. A rollout makes a handful of calls every ten minutes, and the
 * brake keeps rollouts few (S24). Functions that are not listed make no such calls.
 */
export const CALL_SHARES = {
  'on-tick': 0.2,
  'on-shard': 1.2,
  'on-review': 0.3,
  'on-janitor': 0.1,
  'on-settle': 0.05,
  rollout: 0.15,
} as const;

export const MOST_CALLS_PER_SECOND = 2;
