import { DeleteAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import type { Decision, LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { startOf } from '@evenkeel/core/quantities';
import { reviewAll, tickAll } from '@evenkeel/engine';
import type { GroupRef, Ports } from '@evenkeel/engine/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AwsHarness, NOON, openAwsHarness } from './aws-harness.ts';
import { actionNames, failedActions, withoutAction } from './batch-on-the-wire.ts';
import { queryError } from './front.ts';
import { createOwner, type Owner, officeLoad } from './owner.ts';

/** One group from adoption to opting out, every step through the engine's use cases on the emulator; the tests build on each other. */
let aws: AwsHarness;
let owner: Owner;
let ports: Ports;
let web: GroupRef;
let other: GroupRef;

beforeAll(async () => {
  aws = await openAwsHarness();
  owner = createOwner(aws);
  ports = { ...aws.ports, ...aws.stores, notices: { publish: async () => {} } };
  web = await aws.makeGroup({
    name: 'shop-web',
    tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '1', 'evenkeel:mode': 'auto' },
  });
  other = await aws.makeGroup({ name: 'not-ours', tags: { Name: 'other' } });
  await aws.putCpuPolicy(web, 50);
  await aws.putCpu(web, officeLoad((NOON - 16 * 1440) as Minute, NOON));
});
afterAll(() => aws.close());

/** A tick at the present of the account, with the load up to it. */
async function tick(): Promise<readonly LedgerEntry[]> {
  const report = await tickAll(ports, startOf(aws.now()));
  expect(report.failures).toEqual([]);
  return report.entries;
}

/** AWS's and the owner's world goes on to `to`, with load, and Evenkeel ticks then. */
async function tickAt(to: Minute): Promise<readonly LedgerEntry[]> {
  await aws.putCpu(web, officeLoad(aws.now(), to));
  await owner.passTime(web, to);
  return tick();
}

/** The ledger's decisions, oldest first, with what they were about. */
async function told(): Promise<readonly string[]> {
  const entries = await ports.ledger.recent({ workload: 'shop', limit: 100 });
  return entries.flatMap(({ decision }) => (decision ? [sentence(decision)] : [])).reverse();
}

function sentence(decision: Decision): string {
  if (decision.kind === 'hold') return `hold ${decision.hold} by ${decision.by}`;
  if (decision.kind === 'release') return `release ${decision.hold} ${decision.because}`;
  if (decision.kind === 'reset') return `reset by ${decision.by} wrote ${decision.wrote}`;
  if (decision.kind === 'give-back') return `give-back ${decision.reason}`;
  return decision.kind;
}

async function targetOf(ref: GroupRef): Promise<number | undefined> {
  const policy = (await aws.ports.groups.read(ref))?.policies[0];
  return policy?.kind === 'target-tracking' ? policy.target : undefined;
}

const later = (minutes: number) => (aws.now() + minutes) as Minute;
const stepsOf = async () => (await owner.actions(web)).filter(({ name }) => name !== 'evenkeel-home');
const TERRAFORM = { user: 'ci', agent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 terraform-provider-aws/5.60' };

it('adopts the tagged group, learns from two weeks of metrics and writes floors into it only, home last', async () => {
  await tick();
  await tickAt(later(1));
  expect((await reviewAll(ports, startOf(aws.now()))).failures).toEqual([]);
  await tickAt(later(1));
  const standing = await owner.actions(web);
  expect(standing.length).toBeGreaterThan(2);
  for (const action of standing) {
    expect(action.name).toMatch(/^evenkeel-/);
    expect(action.minSize).toBeGreaterThanOrEqual(2);
    expect(action.others).toEqual([undefined, undefined, undefined]);
  }
  const home = standing.at(-1);
  expect(home).toMatchObject({ name: 'evenkeel-home', minSize: 2 });
  expect((home?.start ?? 0) - NOON).toBeGreaterThanOrEqual(24 * 60);
  expect(Math.max(...standing.map((action) => action.minSize ?? 0))).toBeGreaterThanOrEqual(9);
  expect(await owner.actions(other)).toEqual([]);
  expect(await told()).toEqual(['adoption', 'strategy', 'target', 'floors']);
});

it('S8: has tuned the target only with a lease standing, due in 30 hours', async () => {
  expect(await targetOf(web)).toBeGreaterThan(50);
  const lease = await aws.ports.targets.lease(web);
  expect(lease).toMatchObject({ due: NOON + 1 + 30 * 60, owner: { target: 50 } });
});

it('S27: every write carries the id of the decision the ledger has', async () => {
  const writes = aws.front.requests.filter(({ operation }) =>
    ['BatchPutScheduledUpdateGroupAction', 'PutScalingPolicy'].includes(operation),
  );
  const ours = writes.filter(({ userAgent }) => userAgent.includes('evenkeel/'));
  expect(ours.length).toBeGreaterThan(0);
  const ids = new Set((await ports.ledger.recent({ workload: 'shop', limit: 100 })).map(({ id }) => id));
  for (const { userAgent } of ours) {
    const id = decodeURIComponent(/evenkeel-decision\/(\S+)/.exec(userAgent)?.[1] ?? '');
    expect([...ids]).toContain(id);
  }
});

it('S26: a tick that changes nothing writes nothing and reads two metric series', async () => {
  const before = aws.front.requests.length;
  await tick();
  const requests = aws.front.requests
    .slice(before)
    .filter(({ userAgent }) => userAgent.includes('evenkeel/'));
  const operations = requests.map(({ operation }) => operation);
  expect(operations.filter((operation) => /^(Batch)?(Put|Delete)(Sched|Scaling)/.test(operation))).toEqual(
    [],
  );
  expect(operations.filter((operation) => operation === 'GetMetricData')).toHaveLength(1);
});

it('S5: sees that AWS ran the due step', async () => {
  await tickAt(later(5));
  expect(await owner.minSize(web)).toBeGreaterThanOrEqual(9);
  expect(await told()).not.toContain('hold human-override by somebody');
});

it('S13: infrastructure code that writes home back is a reset: told once, the due floor stands again', async () => {
  await owner.setMinSize(web, 2, TERRAFORM);
  await tickAt(later(5));
  expect(await told()).toContain('reset by Terraform wrote 2');
  await tickAt(later(5));
  expect(await owner.minSize(web)).toBeGreaterThanOrEqual(9);
  expect((await told()).filter((each) => each.startsWith('reset'))).toHaveLength(1);
});

it("S12: a person's change holds the group, takes the pending steps away and gives the target back", async () => {
  await owner.setMinSize(web, 5, { user: 'alice', agent: 'Mozilla/5.0' });
  await tickAt(later(5));
  expect(await stepsOf()).toEqual([]);
  expect(await owner.minSize(web)).toBe(5);
  expect(await targetOf(web)).toBe(50);
  expect(await aws.ports.targets.lease(web)).toBeUndefined();
  expect(await told()).toContain('hold human-override by alice');
});

it('S12: goes on a day later, from what the person set', async () => {
  await tickAt(later(24 * 60 + 5));
  expect(await told()).toContain('release human-override expired');
  expect((await stepsOf()).length).toBeGreaterThan(0);
  for (const { minSize } of await owner.actions(web)) expect(minSize).toBeGreaterThanOrEqual(5);
});

it('S11: a pause deletes the pending steps and leaves MinSize and the home step', async () => {
  const scope = { kind: 'workload', workload: 'shop' } as const;
  await ports.holds.place({ kind: 'paused', scope, since: aws.now(), by: 'bob' });
  const minSize = await owner.minSize(web);
  await tick();
  expect(await stepsOf()).toEqual([]);
  expect(await owner.minSize(web)).toBe(minSize);
  expect(await told()).toContain('hold paused by bob');
  await ports.holds.lift(scope, 'paused');
  await tickAt(later(5));
  expect((await stepsOf()).length).toBeGreaterThan(0);
});

it('S4, S6: where one step of a batch is refused the others stand, and the ledger says which was not', async () => {
  await owner.tag(web, 'evenkeel:mode', 'observe');
  await tickAt(later(5));
  await owner.tag(web, 'evenkeel:mode', 'auto');
  const standard = aws.front.interceptor;
  const sent: (readonly string[])[] = [];
  aws.front.interceptor = async (request, pass) => {
    if (request.operation !== 'BatchPutScheduledUpdateGroupAction') return standard?.(request, pass);
    const names = actionNames(request.body);
    sent.push(names);
    const refused = names.at(-1) ?? '';
    await pass(withoutAction(request.body, refused));
    return failedActions([{ name: refused, code: 'LimitExceeded', message: 'no more actions' }]);
  };
  const entries = await tickAt(later(5));
  aws.front.interceptor = standard;
  const [first = []] = sent;
  expect(first.length).toBeGreaterThan(1);
  const standing = (await owner.actions(web)).map(({ name }) => name);
  expect(standing).toEqual(expect.arrayContaining(first.slice(0, -1)));
  expect(standing).not.toContain(first.at(-1));
  const floors = entries.find(({ decision }) => decision?.kind === 'floors');
  expect(floors?.outcome).toMatchObject({
    kind: 'partly-applied',
    failures: [{ message: 'no more actions' }],
  });
});

it('throttled at every call: nothing is changed, the ledger says so, and the next tick goes on', async () => {
  const before = await owner.actions(web);
  const minSize = await owner.minSize(web);
  const standard = aws.front.interceptor;
  aws.front.interceptor = ({ userAgent, operation }) =>
    userAgent.includes('evenkeel/') && operation.includes('Scheduled')
      ? queryError('Throttling', 'Rate exceeded')
      : undefined;
  await owner.passTime(web, later(61));
  const report = await tickAll(ports, startOf(aws.now()));
  aws.front.interceptor = standard;
  expect(await owner.actions(web)).toEqual(before.filter((action) => action.start > aws.now()));
  expect(await owner.minSize(web)).toBeGreaterThanOrEqual(Math.min(minSize, 5));
  expect(JSON.stringify(report.entries)).toMatch(/throttled/);
  await tickAt(later(5));
});

it('S16: mode off takes everything back and leaves the group at home', async () => {
  await owner.tag(web, 'evenkeel:mode', 'off');
  await tickAt(later(5));
  await tickAt(later(5));
  await tickAt(later(5));
  expect(await owner.actions(web)).toEqual([]);
  expect(await owner.minSize(web)).toBe(5);
  expect(await targetOf(web)).toBe(50);
  expect(await aws.ports.targets.lease(web)).toBeUndefined();
  const story = await told();
  console.log(`The ledger tells the story:\n  ${story.join('\n  ')}`);
  expect(story.at(-1)).toBe('give-back mode-off');
});

it('a group deleted between read and write: a clear entry, the others go on, and it is forgotten', async () => {
  await owner.tag(web, 'evenkeel:mode', 'auto');
  const api = await aws.makeGroup({ name: 'shop-api' });
  const standard = aws.front.interceptor;
  aws.front.interceptor = async (request, pass) => {
    if (request.operation !== 'BatchPutScheduledUpdateGroupAction') return standard?.(request, pass);
    const command = new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: web.name, ForceDelete: true });
    await aws.clients.autoScaling.send(command);
    return queryError('ValidationError', `AutoScalingGroup name not found - '${web.name}'`);
  };
  const entries = await tickAt(later(5));
  aws.front.interceptor = standard;
  const ofWeb = JSON.stringify(entries.filter(({ group }) => group === web.name));
  expect(ofWeb).toMatch(/not-found|group-gone/);
  expect(entries.some(({ group, decision }) => group === api.name && decision?.kind === 'adoption')).toBe(
    true,
  );
  const after = await tick();
  expect(after.filter(({ group }) => group === web.name)).toEqual([]);
});
