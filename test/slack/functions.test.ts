import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoDocuments, createDynamoStores } from '@evenkeel/aws/dynamo';
import { domainEventOf } from '@evenkeel/core/explain';
import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import { eachOnce } from '@evenkeel/slack/messages';
import type { Context, LambdaFunctionURLEvent, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepDirectory } from '../../functions/slack/directory-document.ts';
import { asDeployed } from '../setup/as-deployed.ts';
import { createFakeDynamo } from './fake-dynamo.ts';
import { createFakeSlack, FAKE } from './fake-slack.ts';
import { footingLost, START } from './world.ts';

const time = vi.hoisted(() => ({ now: 0 }));
vi.mock('../../functions/clock.ts', () => ({
  clock: {
    now: () => time.now,
    sleep: async (milliseconds: number) => {
      time.now += milliseconds;
    },
  },
}));

const ACCOUNT = '111111111111';
const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 60_000 } as Context;
const slack = createFakeSlack({ now: () => time.now as Instant });
const said: string[] = [];
const sqs = mockClient(SQSClient);
const bus = mockClient(EventBridgeClient);

type Interactions = (
  event: LambdaFunctionURLEvent,
  context: Context,
) => Promise<{ statusCode: number; body: string }>;
type Deliver = (event: unknown, context: Context) => Promise<unknown>;
let interactions: Interactions;
let deliver: Deliver;
let leave: () => void;

beforeAll(async () => {
  time.now = START;
  const who = { users: ['UCAROL'], groups: [] };
  const nobody = { users: [], groups: [] };
  const settings = {
    regions: ['eu-west-1'],
    slack: { channel: 'evenkeel', who: { '0': nobody, '1': who, '2': who, '3': who } },
  };
  leave = asDeployed(settings, {
    EVENKEEL_ACCOUNT: ACCOUNT,
    EVENKEEL_SHARD_QUEUE: 'https://sqs/shards.fifo',
    EVENKEEL_SLACK_QUEUE: 'https://sqs/slack',
    EVENKEEL_SLACK_TOKEN: FAKE.token,
    EVENKEEL_SLACK_SIGNING_SECRET: FAKE.signingSecret,
    AWS_REGION: 'eu-west-1',
  });
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    slack.fetch(url.replace('https://slack.com/api', FAKE.api), init),
  );
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
  }
  createFakeDynamo();
  mockClient(CloudWatchClient)
    .on(GetMetricDataCommand)
    .callsFake(({ MetricDataQueries: queries }) => ({
      MetricDataResults: queries.map(({ Id }: { Id: string }) => ({
        Id,
        StatusCode: 'Complete',
        Timestamps: [],
        Values: [],
      })),
    }));
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(SendMessageBatchCommand).resolves({});
  bus.on(PutEventsCommand).resolves({ Entries: [] });
  const documents = createDynamoDocuments({ client: new DynamoDBClient({}), table: 'table' });
  const ref = { account: ACCOUNT, region: 'eu-west-1', name: 'shop-web' };
  await keepDirectory(documents, ref, [
    { ref, tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '1', Name: 'secret' } },
  ]);
  interactions = (await import('../../functions/slack-interactions.ts')).handler as unknown as Interactions;
  deliver = (await import('../../functions/slack-deliver.ts')).handler as unknown as Deliver;
});

afterAll(() => {
  leave();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function url(
  { body, headers }: { body: string; headers: Record<string, string> },
  method = 'POST',
): LambdaFunctionURLEvent {
  return {
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
    headers,
    requestContext: { http: { method } },
  } as unknown as LambdaFunctionURLEvent;
}

function batch(...bodies: readonly unknown[]): SQSEvent {
  return {
    Records: bodies.map((body, index) => ({
      messageId: String(index),
      body: JSON.stringify(body),
      eventSource: 'aws:sqs',
    })),
  } as unknown as SQSEvent;
}

const timer = (work: string) => ({ work, at: new Date(time.now).toISOString() });
const entry = { ...footingLost('shop', { account: ACCOUNT }), group: 'shop-web' };
const busEvent = { source: 'evenkeel', 'detail-type': 'Evenkeel Footing Lost', detail: domainEventOf(entry) };

describe('the Slack functions as they are deployed', () => {
  it('S28: tell what comes from the bus once, however often it comes', async () => {
    expect(await deliver(batch(busEvent, busEvent), context)).toEqual({ batchItemFailures: [] });
    expect(slack.messages).toEqual([]);
    time.now += 120_000;
    await deliver(timer('deliver'), context);
    await deliver(batch(busEvent), context);
    time.now += 120_000;
    await deliver(timer('deliver'), context);
    expect(slack.messages.map((message) => message.id)).toEqual([eachOnce([entry])[0]!.id]);
    expect(slack.refusals).toEqual([]);
  });

  it('S11: take a genuine press, and do behind it what was asked, by the process of that place', async () => {
    const payload = {
      type: 'block_actions',
      user: { id: 'UCAROL' },
      actions: [{ action_id: 'evenkeel:pause', value: eachOnce([entry])[0]!.id }],
      response_url: slack.newResponseUrl(),
    };
    const request = slack.signed(
      new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      time.now as Instant,
    );
    expect(await interactions(url(request), context)).toEqual({ statusCode: 200, body: '' });
    const [sent] = sqs.commandCalls(SendMessageCommand);
    const work: unknown = JSON.parse(sent!.args[0].input.MessageBody!);
    await deliver(batch(work, work), context);
    const stores = createDynamoStores({ client: new DynamoDBClient({}), table: 'table' });
    expect(await stores.holds.inForce({ workload: 'shop', at: minuteOf(time.now as Instant) })).toMatchObject(
      [{ kind: 'paused', by: 'slack:UCAROL' }],
    );
    const answers = (await stores.ledger.recent({ workload: 'shop', limit: 10 })).filter(
      ({ decision }) => decision?.kind === 'answer',
    );
    expect(answers).toHaveLength(1);
    const shards = sqs
      .commandCalls(SendMessageBatchCommand)
      .flatMap((each) => each.args[0].input.Entries ?? []);
    expect(JSON.parse(shards[0]!.MessageBody!)).toMatchObject({
      work: 'tick',
      groups: ['shop-web'],
      place: { account: ACCOUNT, region: 'eu-west-1' },
    });
    expect(JSON.stringify(slack.messages[0]?.blocks)).toContain('Paused by <@UCAROL>');
    // Both copies were worked on at once: the bus may say it twice, under one id.
    const told = bus
      .commandCalls(PutEventsCommand)
      .map((each) => each.args[0].input.Entries?.[0]?.Detail ?? '');
    expect(new Set(told.map((detail) => (JSON.parse(detail) as { id: string }).id)).size).toBe(1);
  });

  it('turn away what is replayed, forged, or no POST, and put nothing of it into the queue', async () => {
    const before = sqs.commandCalls(SendMessageCommand).length;
    const request = slack.signed('command=%2Fevenkeel&text=status&user_id=U1', time.now as Instant);
    expect((await interactions(url(request), context)).statusCode).toBe(200);
    expect((await interactions(url(request), context)).statusCode).toBe(401);
    expect((await interactions(url({ ...request, body: `${request.body}2` }), context)).statusCode).toBe(401);
    expect((await interactions(url(request, 'GET'), context)).statusCode).toBe(405);
    expect(sqs.commandCalls(SendMessageCommand).length - before).toBe(1);
  });

  it('never say token or secret, whatever happens', async () => {
    const all = said.join(' ');
    expect(all).toContain('a request was turned away: replayed');
    expect(all).not.toContain(FAKE.token);
    expect(all).not.toContain(FAKE.signingSecret);
  });

  it('make the day’s summary and the week’s digest on their schedules', async () => {
    await deliver(timer('digest'), context);
    time.now += 120_000;
    await deliver(timer('deliver'), context);
    expect(slack.messages.at(-1)?.text).toContain('fleet: the week');
    time.now += 16 * 3_600_000;
    await deliver(timer('day'), context);
    time.now += 120_000;
    await deliver(timer('deliver'), context);
    expect(slack.messages.at(-1)).toMatchObject({
      thread: slack.messages[0]?.ts,
      text: expect.stringContaining('the day in short') as string,
    });
    expect(slack.refusals).toEqual([]);
  });

  it('take no event of another version, and say so in a count', async () => {
    expect(
      await deliver(batch({ source: 'evenkeel', detail: { version: 9 } }, { what: 'else' }), context),
    ).toEqual({ batchItemFailures: [] });
  });
});
