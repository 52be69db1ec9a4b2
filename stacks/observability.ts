import type { Context } from './context.ts';
import { METRIC_NAMESPACE, roleName } from './permissions/index.ts';
import type { Queues } from './queues.ts';
import type { Slack } from './slack.ts';
import { ROLLOUT_WORK, SLACK_WORK, WORK, type WorkName } from './work.ts';

const MINUTE = 60;
/** Three ticks that did not happen. */
const SILENCE_MINUTES = 15;

/** Alarms on what Evenkeel cannot tell itself, and a dashboard of what it does. */
export function observability(context: Context, queues: Queues, slack: Slack): void {
  const { stage, settings, region } = context;
  const actions = settings.alarmEmail === undefined ? [] : [mailTo(stage, settings.alarmEmail)];
  const alarm = (name: string, args: Omit<aws.cloudwatch.MetricAlarmArgs, 'alarmActions' | 'name'>) =>
    new aws.cloudwatch.MetricAlarm(name, {
      ...args,
      name: roleName(stage, name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase()),
      alarmActions: actions,
      okActions: actions,
    });

  alarm('NoTick', {
    alarmDescription: `No tick for ${SILENCE_MINUTES} minutes: the written plans and target tracking go on by themselves; see docs/deploy.md`,
    namespace: METRIC_NAMESPACE,
    metricName: 'Tick',
    dimensions: { Stage: stage },
    statistic: 'Sum',
    period: 5 * MINUTE,
    evaluationPeriods: SILENCE_MINUTES / 5,
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    treatMissingData: 'breaching',
  });
  if (settings.shapeChanges !== undefined) {
    for (const [name, metric, work] of [
      ['RolloutFailed', 'RolloutsFailed', 'rollout'],
      ['RolloutSettled', 'RolloutsSettled', 'on-settle'],
    ] as const) {
      alarm(name, {
        alarmDescription:
          'A rollout could not go on by itself; the backstop brings it to its end; see docs/deploy.md',
        namespace: METRIC_NAMESPACE,
        metricName: metric,
        dimensions: { service: work, Stage: stage },
        statistic: 'Sum',
        period: 5 * MINUTE,
        evaluationPeriods: 1,
        comparisonOperator: 'GreaterThanThreshold',
        threshold: 0,
        treatMissingData: 'notBreaching',
      });
    }
  }
  const deadLetters = deadLetterQueuesOf(queues, slack);
  for (const [name, dlq] of deadLetters) {
    alarm(`${name}Undelivered`, {
      alarmDescription: 'Messages could not be handled and wait here for two weeks; see docs/deploy.md',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: dlq.nodes.queue.name },
      statistic: 'Maximum',
      period: 5 * MINUTE,
      evaluationPeriods: 1,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      treatMissingData: 'notBreaching',
    });
  }
  new aws.cloudwatch.Dashboard('Dashboard', {
    dashboardName: roleName(stage, 'overview'),
    dashboardBody: $resolve(deadLetters.map(([, dlq]) => dlq.nodes.queue.name)).apply((names) =>
      JSON.stringify(dashboard({ stage, region, works: worksOf(context, slack), deadLetters: names })),
    ),
  });
}

/** The functions that are deployed. */
function worksOf({ settings }: Context, slack: Slack): readonly WorkName[] {
  const ofSlack = slack?.url === undefined ? ['slack-deliver'] : Object.keys(SLACK_WORK);
  return [
    ...Object.keys(WORK),
    ...(settings.shapeChanges === undefined ? [] : Object.keys(ROLLOUT_WORK)),
    ...(slack === undefined ? [] : ofSlack),
  ] as WorkName[];
}

function deadLetterQueuesOf(queues: Queues, slack: Slack): readonly (readonly [string, sst.aws.Queue])[] {
  return [
    ['Shards', queues.shards.dlq],
    ['Reviews', queues.reviews.dlq],
    ['Events', queues.events.dlq],
    ['Requests', queues.requests.dlq],
    ['All', queues.undelivered],
    ...(slack === undefined ? [] : ([['Slack', slack.queue.dlq]] as const)),
  ];
}

function mailTo(stage: string, address: string): $util.Output<string> {
  const topic = new aws.sns.Topic('Alarms', { name: roleName(stage, 'alarms') });
  new aws.sns.TopicSubscription('AlarmMail', { topic: topic.arn, protocol: 'email', endpoint: address });
  return topic.arn;
}

type Metric = readonly [string, string, ...(string | { readonly stat?: string; readonly label?: string })[]];

interface DashboardFacts {
  readonly stage: string;
  readonly region: string;
  readonly works: readonly WorkName[];
  readonly deadLetters: readonly string[];
}

function dashboard({ stage, region, works, deadLetters }: DashboardFacts) {
  const functions = works.map((work) => roleName(stage, work));
  /** What a function counted: its metrics have its name and the stage as dimensions, and are found by no less. */
  const own = (name: string, work: WorkName): Metric => [
    METRIC_NAMESPACE,
    name,
    'service',
    work,
    'Stage',
    stage,
    { stat: 'Sum', label: `${name} (${work})` },
  ];
  const ofFunctions = (metric: string, stat: string): readonly Metric[] =>
    functions.map((name) => ['AWS/Lambda', metric, 'FunctionName', name, { stat }]);
  const widgets: readonly (readonly [string, readonly Metric[]])[] = [
    ['Shards ticked', [[METRIC_NAMESPACE, 'Tick', 'Stage', stage, { stat: 'Sum' }]]],
    [
      'Groups',
      [
        own('GroupsTicked', 'on-shard'),
        own('GroupsReviewed', 'on-review'),
        ...(['on-shard', 'on-review'] as const).flatMap((work) => [
          own('GroupsFailed', work),
          own('GroupsPostponed', work),
        ]),
      ],
    ],
    [
      'Events',
      [
        own('EventsTaken', 'on-fleet-event'),
        own('EventsIgnored', 'on-fleet-event'),
        own('EventsUnknown', 'on-fleet-event'),
        own('EventsMalformed', 'on-fleet-event'),
        own('Reactions', 'on-shard'),
      ],
    ],
    ...(works.includes('rollout') ? [['Rollouts', rolloutMetrics(own)] as const] : []),
    ['Errors', ofFunctions('Errors', 'Sum')],
    ['Slowest runs (ms)', ofFunctions('Duration', 'p99')],
    [
      'Messages nobody could handle',
      deadLetters.map(
        (name): Metric => [
          'AWS/SQS',
          'ApproximateNumberOfMessagesVisible',
          'QueueName',
          name,
          { stat: 'Maximum' },
        ],
      ),
    ],
  ];
  return {
    widgets: widgets.map(([title, metrics], index) => ({
      type: 'metric',
      x: (index % 2) * 12,
      y: Math.floor(index / 2) * 6,
      width: 12,
      height: 6,
      properties: { title, metrics, region, period: 300, view: 'timeSeries' },
    })),
  };
}

function rolloutMetrics(own: (name: string, work: WorkName) => Metric): readonly Metric[] {
  return [
    own('RolloutsStarted', 'on-review'),
    own('RolloutsFinished', 'rollout'),
    own('RolloutsRolledBack', 'rollout'),
    own('RolloutsLeft', 'rollout'),
    own('RolloutsNotBegun', 'rollout'),
    own('RolloutsFailed', 'rollout'),
    own('RolloutsSettled', 'on-settle'),
  ];
}
