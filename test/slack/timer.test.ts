import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoDocuments } from '@evenkeel/aws/dynamo';
import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asDeployed } from '../setup/as-deployed.ts';
import { createFakeDynamo } from './fake-dynamo.ts';
import { START } from './world.ts';

const time = vi.hoisted(() => ({ now: 0 }));
vi.mock('../../functions/clock.ts', () => ({
  clock: { now: () => time.now, sleep: async () => undefined },
}));

const ACCOUNT = '111111111111';
const PLACE = `${ACCOUNT}/eu-west-1`;
const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 60_000 } as Context;
const autoScaling = mockClient(AutoScalingClient);
const bus = mockClient(EventBridgeClient);

let timer: (event: unknown, context: Context) => Promise<unknown>;
let leave: () => void;
const documents = () => createDynamoDocuments({ client: new DynamoDBClient({}), table: 'table' });

beforeAll(async () => {
  time.now = START;
  leave = asDeployed(
    { regions: ['eu-west-1'] },
    {
      EVENKEEL_ACCOUNT: ACCOUNT,
      EVENKEEL_SHARD_QUEUE: 'https://sqs/shards.fifo',
      EVENKEEL_REVIEW_QUEUE: 'https://sqs/reviews.fifo',
      AWS_REGION: 'eu-west-1',
    },
  );
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
  createFakeDynamo();
  mockClient(SQSClient).on(SendMessageBatchCommand).resolves({});
  bus.on(PutEventsCommand).resolves({ Entries: [] });
  autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({
    AutoScalingGroups: [
      {
        AutoScalingGroupName: 'web',
        MinSize: 2,
        Tags: [{ Key: 'evenkeel:workload', Value: 'shop' }],
      } as never,
    ],
  });
  timer = (await import('../../functions/on-tick.ts')).handler as unknown as typeof timer;
});

afterAll(() => {
  leave();
  vi.restoreAllMocks();
});

const tick = () => timer({ work: 'tick', at: new Date(time.now).toISOString() }, context);
const pass = (minutes: number) => {
  time.now += minutes * 60_000;
};
const told = () =>
  bus
    .commandCalls(PutEventsCommand)
    .flatMap((each) => each.args[0].input.Entries ?? [])
    .map(({ DetailType, Detail }) => ({ type: DetailType, ...JSON.parse(Detail ?? '{}').decision }));

/** What the process that ticks the groups writes when it has ended. */
async function ticked(): Promise<void> {
  const at = minuteOf(time.now as Instant);
  const standing = await documents().read('pulse', PLACE);
  const pulse = { at, groups: 1, troubled: {}, said: {} };
  await documents().write('pulse', PLACE, pulse, { expected: standing?.version ?? 0 });
}

describe('the timer as it is deployed', () => {
  it('S28: tells by the bus, once, that ticks do not come, and that they come again', async () => {
    await ticked();
    for (let minute = 0; minute < 40; minute += 5) {
      pass(5);
      await tick();
    }
    expect(told()).toMatchObject([
      {
        type: 'Evenkeel Degraded',
        part: 'ticks',
        since: minuteOf(START),
        groups: { affected: 1, all: 1 },
      },
    ]);
    for (let minute = 0; minute < 25; minute += 5) {
      await ticked();
      pass(5);
      await tick();
    }
    expect(told().map(({ type }) => type)).toEqual(['Evenkeel Degraded', 'Evenkeel Recovered']);
  });

  it('tells of a place whose groups it may not list, with the permission that is missing', async () => {
    autoScaling
      .on(DescribeAutoScalingGroupsCommand)
      .rejects(Object.assign(new Error('not authorized to assume the role'), { name: 'AccessDenied' }));
    const before = told().length;
    for (let minute = 0; minute < 25; minute += 5) {
      pass(5);
      await tick();
    }
    expect(told().slice(before)).toMatchObject([
      {
        part: 'ticks',
        message: expect.stringContaining(
          'permission autoscaling:DescribeAutoScalingGroups is missing',
        ) as string,
      },
    ]);
  });
});
