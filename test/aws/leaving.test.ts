import { PutScalingPolicyCommand, type PutScalingPolicyType } from '@aws-sdk/client-auto-scaling';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { Minute } from '@evenkeel/core/quantities';
import { startOf } from '@evenkeel/core/quantities';
import { reviewAll, tickAll } from '@evenkeel/engine';
import type { GroupRef, Ports } from '@evenkeel/engine/ports';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCli } from '../../packages/cli/program/run-cli.ts';
import { createTestTerminal } from '../../packages/cli/testing/test-terminal.ts';
import { type AwsHarness, CREDENTIALS, NOON, openAwsHarness, REGION, TABLE } from './aws-harness.ts';
import { createOwner, type Owner, officeLoad } from './owner.ts';

/** Evenkeel goes: taken back by its command, or gone without a word at the worst hour. */
const HOME = 2;
const OWNERS_TARGET = 50;

let aws: AwsHarness;
let owner: Owner;
let ports: Ports;
let web: GroupRef;
let scheduler: SchedulerClient;

/** A group in the middle of the day, with floors above home standing and its target tuned. */
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
  aws = await openAwsHarness();
  owner = createOwner(aws);
  ports = { ...aws.ports, ...aws.stores, notices: { publish: async () => {} } };
  scheduler = new SchedulerClient({ region: REGION, endpoint: aws.front.endpoint, credentials: CREDENTIALS });
  web = await aws.makeGroup({
    name: 'shop-web',
    tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '0', 'evenkeel:mode': 'auto' },
  });
  await aws.putCpuPolicy(web, OWNERS_TARGET);
  await aws.putCpu(web, officeLoad((NOON - 16 * 1440) as Minute, NOON));
  await reviewAll(ports, startOf(aws.now()));
  await tickAll(ports, startOf(aws.now()));
  await owner.passTime(web, (NOON + 5) as Minute);
  expect(await owner.minSize(web)).toBeGreaterThan(HOME);
  expect(await target()).not.toBe(OWNERS_TARGET);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  scheduler.destroy();
  await aws.close();
});

async function target(): Promise<number | undefined> {
  const policy = (await aws.ports.groups.read(web))?.policies[0];
  return policy?.kind === 'target-tracking' ? policy.target : undefined;
}

/**
 * What AWS's own timers do until `to`, and nothing else: scheduled actions of the group, and schedules of EventBridge Scheduler that are
 * due, each calling the API its target names with the input it carries.
 */
async function onlyAwsUntil(to: Minute): Promise<readonly string[]> {
  await owner.passTime(web, to);
  const called: string[] = [];
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
  for (const { Name } of Schedules) {
    const { ScheduleExpression = '', Target } = await scheduler.send(new GetScheduleCommand({ Name }));
    const due = Date.parse(`${/^at\((.+)\)$/.exec(ScheduleExpression)?.[1]}Z`);
    if (!(due <= startOf(to))) continue;
    called.push(Target?.Arn ?? '');
    // The universal target's input is the request of the API in its own words.
    const input = JSON.parse(Target?.Input ?? '') as PutScalingPolicyType;
    await aws.clients.autoScaling.send(new PutScalingPolicyCommand(input));
  }
  return called;
}

it('S3, S8: with functions, table and role gone at the worst hour, the group ends at home with its owner’s target, by AWS’s timers alone', async () => {
  const dynamo = new DynamoDBClient({
    region: REGION,
    endpoint: aws.front.endpoint,
    credentials: CREDENTIALS,
  });
  await dynamo.send(new DeleteTableCommand({ TableName: TABLE }));
  dynamo.destroy();
  const requests = aws.front.requests.length;

  const floors = (await owner.actions(web)).map(({ minSize }) => minSize);
  const called = await onlyAwsUntil((NOON + 5 + 30 * 60) as Minute);

  expect(Math.max(...floors.map((floor) => floor ?? 0))).toBeGreaterThan(HOME);
  expect(called).toEqual(['arn:aws:scheduler:::aws-sdk:autoscaling:putScalingPolicy']);
  expect(
    aws.front.requests.slice(requests).filter(({ userAgent }) => userAgent.includes('evenkeel/')),
  ).toEqual([]);
  expect(await owner.minSize(web)).toBe(HOME);
  expect(await owner.actions(web)).toEqual([]);
  expect(await target()).toBe(OWNERS_TARGET);
});

it('evenkeel remove takes everything back, keeps ticks from writing again, and says when nothing is left', async () => {
  const remove = async () => {
    const clock = { now: () => startOf(aws.now()), sleep: async () => {} };
    const terminal = createTestTerminal({
      columns: 110,
      variable: (name) => ({ AWS_REGION: REGION, USER: 'bob' })[name],
      clock,
    });
    const code = await runCli(['remove', '--table', TABLE, '--endpoint', aws.front.endpoint], terminal);
    return { code, output: terminal.output(), errors: terminal.errors() };
  };
  const first = await remove();
  expect(first.errors).toBe('');
  expect(first.output).toContain('still on the way: shop-web (MinSize goes home)');
  expect(await target()).toBe(OWNERS_TARGET);
  expect((await scheduler.send(new ListSchedulesCommand({}))).Schedules).toEqual([]);

  await owner.passTime(web, (aws.now() + 3) as Minute);
  expect(await owner.minSize(web)).toBe(HOME);
  await tickAll(ports, startOf(aws.now()));
  expect(await owner.actions(web)).toEqual([]);

  const second = await remove();
  expect(second.code).toBe(0);
  expect(second.output).toContain('Nothing of Evenkeel is left in any group here');
});
