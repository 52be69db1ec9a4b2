import type { Context } from './context.ts';
import { bringTo, type Events } from './events.ts';
import { handler } from './handler.ts';
import {
  actIn,
  drawCharts,
  publishOn,
  receiveFrom,
  type Statement,
  sendTo,
  useTable,
  wakeRollouts,
} from './permissions/index.ts';
import { type Queues, queueWith } from './queues.ts';
import type { Storage } from './storage.ts';

export interface SlackParts {
  readonly queues: Queues;
  readonly storage: Storage;
  readonly events: Events;
}

/** What Evenkeel tells goes to Slack: everything of its own on its own bus. */
const OWN_EVENTS = { source: ['evenkeel'] };

/** How often what waits is sent, and when reports are made (UTC). */
const SCHEDULES = [
  ['SlackDelivery', 'deliver', 'rate(1 minute)'],
  ['SlackDay', 'day', 'cron(5 0 * * ? *)'],
  ['SlackDigest', 'digest', 'cron(0 8 ? * MON *)'],
] as const;

/**
 * Slack, where the settings name it: the deliverer behind a queue, and with a bot the one public address of the deployment, which
 * takes nothing but what Slack has signed. Without the settings there is neither.
 */
export function slack(context: Context, { queues, storage: { table }, events: { bus } }: SlackParts) {
  const settings = context.settings.slack;
  if (settings === undefined) return undefined;
  const accounts = context.settings.accounts.map(({ account }) => account);
  const queue = queueWith('Slack', { work: 'slack-deliver', fifo: false, tries: 5 });
  const rule = bringTo(queue, { name: 'Slack', bus: bus.name, pattern: OWN_EVENTS });
  const secrets = secretsOf(settings.by);

  const deliver = handler(context, {
    work: 'slack-deliver',
    failuresTo: queues.undelivered.arn,
    environment: {
      EVENKEEL_TABLE: table.name,
      EVENKEEL_BUS: bus.name,
      EVENKEEL_SHARD_QUEUE: queues.shards.queue.url,
      ...secrets.deliver,
    },
    permissions: $resolve({
      own: context.names,
      tableArn: table.arn,
      busArn: bus.arn,
      queueArn: queue.queue.arn,
      shardQueue: queues.shards.queue.arn,
      failures: queues.undelivered.arn,
    }).apply(({ own, tableArn, busArn, queueArn, shardQueue, failures }): readonly Statement[] => [
      receiveFrom(queueArn),
      useTable(tableArn),
      publishOn(busArn),
      sendTo('has the groups of an answer looked at within a minute', shardQueue),
      sendTo('keeps what failed for good', failures),
      drawCharts(own),
      ...(context.settings.shapeChanges === undefined ? [] : [wakeRollouts(own)]),
      ...actIn(accounts, context.stage, 'capacity'),
    ]),
  });
  new aws.lambda.EventSourceMapping('slack-deliver-messages', {
    eventSourceArn: queue.queue.arn,
    functionName: deliver.name,
    batchSize: 10,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: 2 },
  });
  for (const [name, work, schedule] of SCHEDULES) {
    new sst.aws.CronV2(name, {
      schedule,
      function: deliver,
      event: { work, at: '<aws.scheduler.scheduled-time>' },
      retries: 2,
      dlq: queues.undelivered.arn,
    });
  }
  if (settings.by === 'webhook') return { queue, rule };

  const interactions = handler(context, {
    work: 'slack-interactions',
    isPublic: true,
    environment: {
      EVENKEEL_TABLE: table.name,
      EVENKEEL_SLACK_QUEUE: queue.queue.url,
      ...secrets.interactions,
    },
    permissions: $resolve({ tableArn: table.arn, queueArn: queue.queue.arn }).apply(
      ({ tableArn, queueArn }): readonly Statement[] => [
        useTable(tableArn),
        sendTo('hands answers over to be done', queueArn),
      ],
    ),
  });
  return { queue, rule, url: interactions.url };
}

export type Slack = ReturnType<typeof slack>;

type Secrets = Readonly<Record<string, $util.Output<string>>>;

/** The secrets, each only where it is needed: `npx sst secret set SlackToken …`. */
function secretsOf(by: 'bot' | 'webhook'): Readonly<Record<'deliver' | 'interactions', Secrets>> {
  if (by === 'webhook') {
    const webhook = new sst.Secret('SlackWebhook').value;
    return { deliver: { EVENKEEL_SLACK_WEBHOOK: webhook }, interactions: {} };
  }
  const token = new sst.Secret('SlackToken').value;
  const signingSecret = new sst.Secret('SlackSigningSecret').value;
  return {
    deliver: { EVENKEEL_SLACK_TOKEN: token },
    interactions: { EVENKEEL_SLACK_TOKEN: token, EVENKEEL_SLACK_SIGNING_SECRET: signingSecret },
  };
}
