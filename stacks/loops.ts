import type { Context } from './context.ts';
import type { Events } from './events.ts';
import { handler } from './handler.ts';
import {
  actIn,
  beat,
  findGroups,
  hurry,
  janitor,
  leaseTargets,
  publishOn,
  receiveFrom,
  type Statement,
  sendTo,
  startRollouts,
  steerGroups,
  useTable,
} from './permissions/index.ts';
import type { Queues } from './queues.ts';
import type { Roles } from './roles.ts';
import type { Rollout } from './rollout.ts';
import type { Storage } from './storage.ts';
import type { WorkName } from './work.ts';

export interface LoopParts {
  readonly queues: Queues;
  readonly storage: Storage;
  readonly events: Events;
  readonly roles: Roles;
  /** Absent where the settings do not switch rollouts on. */
  readonly rollout: Rollout;
}

/** The functions and what starts them: schedules for the loops, queues for the work. */
export function loops(context: Context, parts: LoopParts) {
  const tick = timer(context, parts);
  workers(context, parts);
  takers(context, parts);
  sweeper(context, parts);
  return { tick };
}

/** Finds the groups and sends them out in shards, by the clock. */
function timer(
  context: Context,
  { queues: { shards, reviews, undelivered }, storage: { table }, events: { bus } }: LoopParts,
): sst.aws.Function {
  const { names, stage } = context;
  const tick = handler(context, {
    work: 'on-tick',
    environment: {
      EVENKEEL_SHARD_QUEUE: shards.queue.url,
      EVENKEEL_REVIEW_QUEUE: reviews.queue.url,
      EVENKEEL_TABLE: table.name,
      EVENKEEL_BUS: bus.name,
    },
    failuresTo: undelivered.arn,
    permissions: $resolve({
      own: names,
      busArn: bus.arn,
      shardQueue: shards.queue.arn,
      reviewQueue: reviews.queue.arn,
      tableArn: table.arn,
      failures: undelivered.arn,
    }).apply(({ own, busArn, shardQueue, reviewQueue, tableArn, failures }): readonly Statement[] => [
      findGroups(own),
      useTable(tableArn),
      publishOn(busArn),
      sendTo('sends the groups out in shards', shardQueue, reviewQueue),
      sendTo('keeps what failed for good', failures),
      ...actIn(accountsOf(context), stage, 'capacity'),
    ]),
  });
  for (const [name, work_, schedule] of schedulesOf(context)) {
    new sst.aws.CronV2(name, {
      schedule,
      function: tick,
      event: { work: work_, at: '<aws.scheduler.scheduled-time>' },
      retries: 2,
      dlq: undelivered.arn,
      transform: {
        schedule(args) {
          // A tick that could not be started in time is done by the next one.
          const target = $output(args.target);
          args.target = target.apply((each) => ({
            ...each,
            retryPolicy: { ...each.retryPolicy, maximumEventAgeInSeconds: 240 },
          }));
        },
      },
    });
  }
  return tick;
}

/** Tick and review the groups of a shard. */
function workers(context: Context, parts: LoopParts): void {
  const {
    queues,
    storage: { table },
    events: { bus },
    rollout,
  } = parts;
  const { names, stage } = context;
  const starting = rollout && { EVENKEEL_ROLLOUT: rollout.versionArn };
  for (const [name, queue, size] of [
    ['on-shard', queues.shards.queue, 4],
    ['on-review', queues.reviews.queue, 1],
  ] as const) {
    const worker = handler(context, {
      work: name,
      environment: { ...workOf(parts), ...urlsOf(queues), ...(name === 'on-review' && starting) },
      permissions: $resolve({
        own: names,
        queueArn: queue.arn,
        tableArn: table.arn,
        busArn: bus.arn,
      }).apply(({ own, queueArn, tableArn, busArn }) => [
        receiveFrom(queueArn),
        hurry(queueArn),
        useTable(tableArn),
        publishOn(busArn),
        ...steerGroups(own),
        ...leaseTargets(own),
        ...(name === 'on-shard' ? [beat(own)] : []),
        ...(name === 'on-review' && rollout !== undefined ? [startRollouts(own)] : []),
        ...actIn(accountsOf(context), stage, 'capacity'),
      ]),
    });
    subscribe(name, worker, queue, size);
  }
}

/** Take events in and hand them to whoever works on the groups of their place. */
function takers(context: Context, { queues }: LoopParts): void {
  const { shards, reviews, events, requests } = queues;
  for (const [name, queue] of [
    ['on-fleet-event', events.queue],
    ['on-capacity-requested', requests.queue],
  ] as const) {
    const taker = handler(context, {
      work: name,
      environment: urlsOf(queues),
      permissions: $resolve({
        queueArn: queue.arn,
        shardQueue: shards.queue.arn,
        reviewQueue: reviews.queue.arn,
      }).apply(({ queueArn, shardQueue, reviewQueue }): readonly Statement[] => [
        receiveFrom(queueArn),
        sendTo('hands it to whoever works on the groups of that place', shardQueue),
        ...(name === 'on-fleet-event'
          ? [sendTo('has newly tagged groups reviewed at once', reviewQueue)]
          : []),
      ]),
    });
    subscribe(name, taker, queue, 10);
  }
}

/** Takes back what stands in groups that are nobody's any more, once an hour. */
function sweeper(context: Context, parts: LoopParts): void {
  const {
    queues: { undelivered },
    storage: { table },
    events: { bus },
  } = parts;
  const { names, stage } = context;
  const janitorFunction = handler(context, {
    work: 'on-janitor',
    environment: workOf(parts),
    failuresTo: undelivered.arn,
    permissions: $resolve({
      own: names,
      tableArn: table.arn,
      busArn: bus.arn,
      failures: undelivered.arn,
    }).apply(({ own, tableArn, busArn, failures }) => [
      ...janitor(own),
      useTable(tableArn),
      publishOn(busArn),
      sendTo('keeps what failed for good', failures),
      ...actIn(accountsOf(context), stage, 'janitor'),
    ]),
  });
  new sst.aws.CronV2('Janitor', {
    schedule: 'cron(20 * * * ? *)',
    function: janitorFunction,
    event: { work: 'janitor', at: '<aws.scheduler.scheduled-time>' },
    retries: 2,
    dlq: undelivered.arn,
  });
}

/** What every function needs that works on groups. */
function workOf({ storage: { table }, events: { bus }, roles }: LoopParts) {
  return { EVENKEEL_TABLE: table.name, EVENKEEL_BUS: bus.name, EVENKEEL_LEASE_ROLE: roles.leaseArn };
}

function urlsOf({ shards, reviews }: Queues) {
  return { EVENKEEL_SHARD_QUEUE: shards.queue.url, EVENKEEL_REVIEW_QUEUE: reviews.queue.url };
}

function accountsOf({ settings }: Context): readonly string[] {
  return settings.accounts.map(({ account }) => account);
}

/** Ticks every five minutes; reviews every quarter of an hour of the night, each time a part of the groups. */
function schedulesOf({ settings: { reviewHours } }: Context) {
  const hours = `${reviewHours.from}-${reviewHours.until - 1}`;
  return [
    ['Tick', 'tick', 'cron(0/5 * * * ? *)'],
    ['Review', 'review', `cron(0/15 ${hours} * * ? *)`],
  ] as const;
}

/** The most batches of events taken at a time: a storm of events is to leave the account's other functions their share. */
const EVENTS_AT_ONCE = 2;

function subscribe(work: WorkName, worker: sst.aws.Function, queue: sst.aws.Queue, batchSize: number): void {
  const fifo = work === 'on-shard' || work === 'on-review';
  new aws.lambda.EventSourceMapping(`${work}-messages`, {
    eventSourceArn: queue.arn,
    functionName: worker.name,
    batchSize,
    functionResponseTypes: ['ReportBatchItemFailures'],
    ...(!fifo && { scalingConfig: { maximumConcurrency: EVENTS_AT_ONCE } }),
  });
}
