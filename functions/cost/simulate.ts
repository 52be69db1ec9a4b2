import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '@evenkeel/core/quantities';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { clock } from '../clock.ts';
import { type Answer, recordCalls } from './fake-aws.ts';
import { createFakeGroups } from './fake-groups.ts';
import { createFakeTable } from './fake-table.ts';
import type { Usage } from './tally.ts';

export interface SimulationOptions {
  readonly groups: number;
  readonly days: number;
  /** Told now and then how much is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
}

const ACCOUNT = '111111111111';
const REGION = 'us-east-1';
const TICK_MS = 300_000;
/** Monday 2026-03-02 00:00 UTC: the night comes first, so that profiles are there for the first day. */
const BEGIN = Date.UTC(2026, 2, 2);
/** What a call to AWS takes within a region, on average (a rough figure; DynamoDB is quicker, Auto Scaling slower). */
const CALL_MS = 40;
/** Memory of the functions in GB, and how much slower than a whole core they run (a core comes at 1.769 GB). */
const MEMORY_GB: Readonly<Record<string, number>> = {
  'on-tick': 0.25,
  'on-shard': 0.5,
  'on-review': 1,
  'on-janitor': 0.25,
};
const CORE_GB = 1.769;

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * Lives through days of ticks and nightly reviews with the very handlers that are deployed, against a stand-in of AWS that counts, and gives
 * what was used. Changes the process's environment and clock while it runs: one simulation at a time.
 */
export async function simulateUsage({ groups: size, days, onProgress }: SimulationOptions): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-cost-'));
  const real = { ...clock };
  let now = BEGIN;
  clock.now = () => now as Instant;
  clock.sleep = async () => {};
  const groups = createFakeGroups(size, () => now);
  const waiting: { readonly queue: string; readonly body: string }[] = [];
  const recorder = recordCalls({ ...groups.answers, ...createFakeTable(), ...others(waiting) });
  try {
    prepareEnvironment(folder);
    const load = async (name: string) => ((await import(`../${name}.ts`)) as { handler: Handler }).handler;
    const handlers: Record<string, Handler> = {};
    for (const name of Object.keys(MEMORY_GB)) handlers[name] = await load(name);

    const run = async (name: string, event: unknown): Promise<void> => {
      const calls = recorder.calls.made;
      const cpu = process.threadCpuUsage();
      const log = await logged(() => handlers[name]!(event, CONTEXT));
      const { user, system } = process.threadCpuUsage(cpu);
      const memory = MEMORY_GB[name]!;
      const seconds =
        ((user + system) / 1e6) * Math.max(1, CORE_GB / memory) +
        ((recorder.calls.made - calls) * CALL_MS) / 1000;
      recorder.count('lambdaRequests', 1);
      recorder.count('lambdaGbSeconds', seconds * memory);
      recorder.count('logBytes', log);
    };
    const pump = async (): Promise<void> => {
      while (waiting.length > 0) {
        const { queue, body } = waiting.shift()!;
        // A message is received and deleted; the sending was counted by the call.
        recorder.count('sqsFifoRequests', 2);
        await run(queue, sqsEvent(body));
      }
    };

    for (; now < BEGIN + days * 86_400_000; now += TICK_MS) {
      groups.runDue();
      const at = new Date(now).toISOString();
      const minute = new Date(now).getUTCMinutes();
      recorder.count('scheduleRuns', 1);
      await run('on-tick', { work: 'tick', at });
      if (minute % 15 === 0 && new Date(now).getUTCHours() < 6) {
        recorder.count('scheduleRuns', 1);
        await run('on-tick', { work: 'review', at });
      }
      if (minute === 20) {
        recorder.count('scheduleRuns', 1);
        await run('on-janitor', { work: 'janitor', at });
      }
      await pump();
      onProgress?.((now - BEGIN) / (days * 86_400_000));
    }
    return recorder.usage();
  } finally {
    recorder.restore();
    Object.assign(clock, real);
    rmSync(folder, { recursive: true, force: true });
  }
}

function others(waiting: { readonly queue: string; readonly body: string }[]): Record<string, Answer> {
  const schedules = new Map<string, object>();
  const name = (input: unknown) => (input as { Name: string }).Name;
  const missing = () => Object.assign(new Error('no such schedule'), { name: 'ResourceNotFoundException' });
  return {
    'sqs:SendMessageBatch': (raw) => {
      const { QueueUrl, Entries } = raw as { QueueUrl: string; Entries: readonly { MessageBody: string }[] };
      for (const { MessageBody: body } of Entries) waiting.push({ queue: QueueUrl.split('/').at(-1)!, body });
      return {};
    },
    'eventbridge:PutEvents': (raw, count) => {
      const { Entries } = raw as { Entries: readonly object[] };
      count('eventsPut', Entries.length);
      return { Entries: Entries.map(() => ({ EventId: 'e' })) };
    },
    'scheduler:GetSchedule': (raw) => {
      const found = schedules.get(name(raw));
      if (!found) throw missing();
      return found;
    },
    'scheduler:CreateSchedule': (raw) => {
      schedules.set(name(raw), raw as object);
      return {};
    },
    'scheduler:UpdateSchedule': (raw) => {
      if (!schedules.has(name(raw))) throw missing();
      schedules.set(name(raw), raw as object);
      return {};
    },
    'scheduler:DeleteSchedule': (raw) => {
      if (!schedules.delete(name(raw))) throw missing();
      return {};
    },
    'cloudtrail:LookupEvents': () => ({ Events: [] }),
    'cloudformation:DescribeStacks': () => ({ Stacks: [] }),
    'codedeploy:ListDeployments': () => ({ deployments: [] }),
  };
}

function prepareEnvironment(folder: string): void {
  const settings = join(folder, 'evenkeel.json');
  writeFileSync(settings, JSON.stringify({ regions: [REGION] }));
  Object.assign(process.env, {
    AWS_REGION: REGION,
    EVENKEEL_STAGE: 'cost',
    EVENKEEL_ACCOUNT: ACCOUNT,
    EVENKEEL_SETTINGS: settings,
    EVENKEEL_TABLE: 'table',
    EVENKEEL_BUS: 'bus',
    EVENKEEL_LEASE_ROLE: `arn:aws:iam::${ACCOUNT}:role/evenkeel-cost-lease`,
    EVENKEEL_SHARD_QUEUE: 'https://sqs.us-east-1.amazonaws.com/111111111111/on-shard',
    EVENKEEL_REVIEW_QUEUE: 'https://sqs.us-east-1.amazonaws.com/111111111111/on-review',
  });
}

const CONTEXT = {
  getRemainingTimeInMillis: () => 120_000,
  awsRequestId: 'request',
  functionName: 'cost',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn',
} as unknown as Context;

function sqsEvent(body: string): SQSEvent {
  const record = {
    messageId: 'm',
    receiptHandle: 'r',
    body,
    attributes: { MessageGroupId: 'g' },
    eventSource: 'aws:sqs',
  };
  return { Records: [record as unknown as SQSRecord] };
}

/** Bytes that a run writes to its log, which is not shown. A run that fails, fails the simulation. */
async function logged(work: () => Promise<unknown>): Promise<number> {
  const write = process.stdout.write;
  let bytes = 0;
  process.stdout.write = ((chunk: string | Uint8Array) => {
    bytes += chunk.length;
    return true;
  }) as typeof process.stdout.write;
  try {
    const result = (await work()) as SQSBatchResponse | undefined;
    if ((result?.batchItemFailures?.length ?? 0) > 0)
      throw new Error('a handler failed in the cost simulation');
    return bytes;
  } finally {
    process.stdout.write = write;
  }
}
