/** What a function is for, and its limits. */
export interface WorkFacts {
  readonly what: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

/** Every function: its file in functions/, what it is for, and its limits. One list for the stacks, the tests and the docs. */
export const WORK = {
  'on-tick': {
    what: 'Every five minutes: finds the groups and sends them out in shards; at night the reviews',
    timeoutSeconds: 120,
    memoryMegabytes: 256,
  },
  'on-shard': {
    what: 'Ticks the groups of one shard and reacts to what happened there: one process per account and region',
    timeoutSeconds: 120,
    memoryMegabytes: 512,
  },
  'on-review': {
    what: 'Reviews groups at night: history, tournament, profile, target, savings',
    timeoutSeconds: 300,
    memoryMegabytes: 1024,
  },
  'on-fleet-event': {
    what: 'Takes what happens to groups: failed launches, notices, alarms, refreshes, deploys, other hands',
    timeoutSeconds: 30,
    memoryMegabytes: 256,
  },
  'on-capacity-requested': {
    what: 'Takes requests for capacity from its own bus: a boost now, or an expected event',
    timeoutSeconds: 30,
    memoryMegabytes: 256,
  },
  'on-janitor': {
    what: 'Takes what Evenkeel wrote off groups whose tag is gone',
    // At its share of calls a group takes 20 to 30 seconds.
    timeoutSeconds: 900,
    memoryMegabytes: 256,
  },
} as const satisfies Record<string, WorkFacts>;

/** The functions for rollouts, deployed only where the settings have `shapeChanges` (S25). */
export const ROLLOUT_WORK = {
  rollout: {
    what: 'Carries a change of instance types out: approval, canary, verdict, finish or back; a durable execution each',
    timeoutSeconds: 600,
    memoryMegabytes: 512,
  },
  'on-settle': {
    what: 'Brings rollouts to their end whose own execution died; once a day reads what EC2 offers and charges',
    timeoutSeconds: 240,
    memoryMegabytes: 512,
  },
} as const satisfies Record<string, WorkFacts>;

/** The functions for Slack, deployed only where the settings have a `slack`. */
export const SLACK_WORK = {
  'slack-deliver': {
    what: 'Tells in Slack what happened, does what was answered there, sums up days and weeks',
    timeoutSeconds: 90,
    memoryMegabytes: 512,
  },
  'slack-interactions': {
    what: 'The one public address: takes what Slack has signed, acknowledges it, hands it over',
    timeoutSeconds: 10,
    memoryMegabytes: 512,
  },
} as const satisfies Record<string, WorkFacts>;

export type WorkName = keyof typeof WORK | keyof typeof ROLLOUT_WORK | keyof typeof SLACK_WORK;

/** What is known of a function by its name. */
export function workOf(name: WorkName): WorkFacts {
  return { ...WORK, ...ROLLOUT_WORK, ...SLACK_WORK }[name];
}

/** AWS wants a queue's messages invisible for at least six times the function's timeout. */
export function visibilityOf(work: WorkName): number {
  return 6 * workOf(work).timeoutSeconds;
}
