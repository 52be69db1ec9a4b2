/**
 * How many calls of EC2 Auto Scaling a second each function may make in one account and region. The bucket there is shared with the owner's
 * own tools: together they stay within two a second (S26). Ticks and reviews run one at a time per place (FIFO), the timer alone,
 * fleet events and requests at most two batches at a time each.
 */
export const CALL_SHARES = {
  'on-tick': { callsPerSecond: 0.3, atOnce: 1 },
  'on-shard': { callsPerSecond: 1, atOnce: 1 },
  'on-review': { callsPerSecond: 0.3, atOnce: 1 },
  'on-fleet-event': { callsPerSecond: 0.1, atOnce: 2 },
  'on-capacity-requested': { callsPerSecond: 0.05, atOnce: 2 },
  'on-janitor': { callsPerSecond: 0.1, atOnce: 1 },
} as const;

export const MOST_CALLS_PER_SECOND = 2;
