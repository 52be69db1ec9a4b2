import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { ACCOUNT, type AwsHarness, CREDENTIALS, REGION, TABLE } from './aws-harness.ts';

/** A message handler as it is deployed. */
export type Worker = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** How messages come: as they should, or every one twice and in another order. */
export type Delivery = 'once, in order' | 'twice, shuffled';

const STAGE = 'story';
const QUEUES = { EVENKEEL_SHARD_QUEUE: 'shards.fifo', EVENKEEL_REVIEW_QUEUE: 'reviews.fifo' } as const;

/** What the stacks would deploy around the functions, in the emulated account. */
export interface Deployed {
  /** Gives a worker everything that waits in its queue; gives how many messages there were. */
  pump(queue: keyof typeof QUEUES, worker: Worker): Promise<number>;
  /** Events as EventBridge's rules bring them into a queue, handed to its worker. */
  bring(events: readonly object[], worker: Worker): Promise<void>;
}

/** Makes queues and bus, and gives the functions the environment of the stacks. */
export async function deploy(aws: AwsHarness, delivery: Delivery): Promise<Deployed> {
  const settings = { region: REGION, endpoint: aws.front.endpoint, credentials: CREDENTIALS };
  const sqs = new SQSClient(settings);
  const urls = new Map<string, string>();
  for (const [variable, QueueName] of Object.entries(QUEUES)) {
    const { QueueUrl = '' } = await sqs.send(
      new CreateQueueCommand({ QueueName, Attributes: { FifoQueue: 'true' } }),
    );
    urls.set(variable, QueueUrl);
  }
  const bus = `evenkeel-${STAGE}-bus`;
  await new EventBridgeClient(settings).send(new CreateEventBusCommand({ Name: bus }));
  const settingsFile = join(mkdtempSync(join(tmpdir(), 'evenkeel-story-')), 'evenkeel.json');
  writeFileSync(settingsFile, JSON.stringify({ regions: [REGION], logLevel: 'ERROR' }));
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    POWERTOOLS_METRICS_DISABLED: 'true',
    EVENKEEL_STAGE: STAGE,
    EVENKEEL_ACCOUNT: ACCOUNT,
    EVENKEEL_SETTINGS: settingsFile,
    EVENKEEL_ENDPOINT: aws.front.endpoint,
    EVENKEEL_TABLE: TABLE,
    EVENKEEL_BUS: bus,
    EVENKEEL_LEASE_ROLE: `arn:aws:iam::${ACCOUNT}:role/evenkeel-${STAGE}-lease`,
    ...Object.fromEntries(urls),
  });
  const shuffle = shuffler(20_260_302);
  const order = <Item>(items: readonly Item[]): readonly Item[] =>
    delivery === 'once, in order' ? items : shuffle([...items, ...items]);

  return {
    async pump(queue, worker) {
      const QueueUrl = urls.get(queue) ?? '';
      const messages = await receiveAll(sqs, QueueUrl);
      const records = order(messages.map(recordOf));
      if (records.length > 0) await handle(worker, records);
      for (const { ReceiptHandle } of messages)
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      return messages.length;
    },
    async bring(events, worker) {
      const records = events.map((event, index) =>
        recordOf({ MessageId: `m-${index}`, Body: JSON.stringify(event) }),
      );
      await handle(worker, order(records));
    },
  };
}

/** What Lambda tells a function of its invocation. */
export const CONTEXT = {
  functionName: 'story',
  awsRequestId: 'request',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:story',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 120_000,
} as unknown as Context;

async function handle(worker: Worker, records: readonly SQSRecord[]): Promise<void> {
  const { batchItemFailures } = await worker({ Records: [...records] }, CONTEXT);
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} messages failed`);
}

async function receiveAll(sqs: SQSClient, QueueUrl: string): Promise<readonly Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages);
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 600 }));
    }
  }
}

function recordOf({ MessageId, Body, ReceiptHandle }: Message): SQSRecord {
  return {
    messageId: MessageId ?? '',
    receiptHandle: ReceiptHandle ?? 'none',
    body: Body ?? '',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'story',
      ApproximateFirstReceiveTimestamp: '0',
      MessageGroupId: `${ACCOUNT}/${REGION}`,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:story',
    awsRegion: REGION,
  };
}

/** Shuffles the same way every time (a linear congruential generator: Numerical Recipes, 1992, section 7.1). */
function shuffler(seed: number) {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  return <Item>(items: Item[]): readonly Item[] => {
    for (let index = items.length - 1; index > 0; index -= 1) {
      const other = next(index + 1);
      [items[index], items[other]] = [items[other]!, items[index]!];
    }
    return items;
  };
}
