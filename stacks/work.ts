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
    timeoutSeconds: 120,
    memoryMegabytes: 256,
  },
} as const satisfies Record<
  string,
  { readonly what: string; readonly timeoutSeconds: number; readonly memoryMegabytes: number }
>;

export type WorkName = keyof typeof WORK;

/** AWS wants a queue's messages invisible for at least six times the function's timeout. */
export function visibilityOf(work: WorkName): number {
  return 6 * WORK[work].timeoutSeconds;
}
