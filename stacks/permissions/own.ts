import { inRegions, type Names, roleArn, type Statement } from './statement.ts';

/** The table as the stores use it: single items and one partition, never a scan. */
export function useTable(arn: string): Statement {
  return {
    why: 'keeps what it decided and learned',
    actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    resources: [arn],
  };
}

export function sendTo(why: string, ...queues: readonly string[]): Statement {
  return { why, actions: ['sqs:SendMessage'], resources: queues };
}

export function receiveFrom(queue: string): Statement {
  return {
    why: 'takes its messages from its queue',
    actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    resources: [queue],
  };
}

/** A FIFO queue's message that failed is let come again within seconds: the rest of its place waits for it. */
export function hurry(queue: string): Statement {
  return {
    why: 'lets a message that failed come again soon',
    actions: ['sqs:ChangeMessageVisibility'],
    resources: [queue],
  };
}

export function publishOn(bus: string): Statement {
  return { why: 'tells what it did on its own bus', actions: ['events:PutEvents'], resources: [bus] };
}

export function writeLogs(logGroupArn: string): Statement {
  return {
    why: 'writes its own log',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [`${logGroupArn}:*`],
  };
}

export function writeTraces(): Statement {
  return {
    why: 'sends traces, where the settings ask for them',
    actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    resources: ['*'],
    wildcard: 'AWS has no resource-level permission for it',
  };
}

export const METRIC_NAMESPACE = 'Evenkeel';

/** The sign of life that alarms watch, in the group's own account and region (S19). */
export function beat(names: Names): Statement {
  return {
    why: 'puts the sign of life that alarms watch',
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: [
      { test: 'StringEquals', variable: 'cloudwatch:namespace', values: [METRIC_NAMESPACE] },
      inRegions(names),
    ],
    wildcard: 'AWS limits it by the name space of the metric only',
  };
}

/** The role of that name in each of the other accounts. */
export function actIn(accounts: readonly string[], stage: string, role: string): readonly Statement[] {
  if (accounts.length === 0) return [];
  return [
    {
      why: `works in the other accounts by their role ${role}`,
      actions: ['sts:AssumeRole'],
      resources: accounts.map((account) => roleArn({ account, stage }, role)),
    },
  ];
}
