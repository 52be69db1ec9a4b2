import { DeleteAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { createAwsPorts } from '@evenkeel/aws';
import { type Instant, type Minute, startOf } from '@evenkeel/core/quantities';
import { reviewAll, tickAll } from '@evenkeel/engine';
import type { GroupRef, Ports } from '@evenkeel/engine/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCOUNT, type AwsHarness, CREDENTIALS, NOON, openAwsHarness, REGION } from './aws-harness.ts';
import { officeLoad } from './owner.ts';

/** Every day at noon a new group takes over and the old one is deleted, as with `name_prefix` in Terraform. */
const DAYS = 14;
let aws: AwsHarness;

beforeAll(async () => {
  aws = await openAwsHarness();
});
afterAll(() => aws.close());

/** Ports as a process has them that was just started: nothing is remembered but the stores. */
function freshPorts(): Ports {
  const fresh = createAwsPorts({
    account: ACCOUNT,
    region: REGION,
    endpoint: aws.front.endpoint,
    credentials: CREDENTIALS,
    maxAttempts: 2,
    autoScalingCallsPerSecond: 1_000_000,
    timing: { now: () => (aws.now() * 60_000 + 1) as Instant, sleep: async () => {} },
  });
  return { ...fresh, ...aws.stores, notices: { publish: async () => {} } };
}

it('S17: a group that is new each day keeps the history of those before it, though they are gone', async () => {
  const tags = { 'evenkeel:workload': 'shop', 'evenkeel:tier': '1', 'evenkeel:mode': 'auto' };
  let before: GroupRef | undefined;
  let newest: GroupRef | undefined;
  for (let day = DAYS; day >= 1; day -= 1) {
    aws.setNow((NOON - day * 1440) as Minute);
    newest = await aws.makeGroup({ name: `shop-${DAYS - day}`, tags });
    await aws.putCpuPolicy(newest, 50);
    await tickAll(freshPorts(), startOf(aws.now()));
    if (before) {
      const command = new DeleteAutoScalingGroupCommand({
        AutoScalingGroupName: before.name,
        ForceDelete: true,
      });
      await aws.clients.autoScaling.send(command);
    }
    before = newest;
    const next = (aws.now() + 1440) as Minute;
    await aws.putCpu(newest, officeLoad(aws.now(), next));
    aws.setNow((next - 5) as Minute);
    await tickAll(freshPorts(), startOf(aws.now()));
  }
  aws.setNow(NOON);
  const { entries, failures } = await reviewAll(freshPorts(), startOf(NOON));
  expect(failures).toEqual([]);
  const strategy = entries.find(({ decision }) => decision?.kind === 'strategy');
  expect(strategy?.group).toBe(newest?.name);
  expect(strategy?.decision).toMatchObject({ historyDays: DAYS });
});
