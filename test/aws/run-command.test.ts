import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import type { GroupRef } from '@evenkeel/engine/ports';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runCli } from '../../packages/cli/program/run-cli.ts';
import { createTestTerminal } from '../../packages/cli/testing/test-terminal.ts';
import { type AwsHarness, CREDENTIALS, NOON, openAwsHarness, REGION } from './aws-harness.ts';
import { createOwner, type Owner, officeLoad } from './owner.ts';

/** The story of a group through the command line, as a user types it; the tests build on each other. */
let aws: AwsHarness;
let owner: Owner;
let web: GroupRef;
let folder = '';

const ROLE = 'arn:aws:iam::123456789012:role/evenkeel-lease';
const ROOT = join(import.meta.dirname, '..', '..');

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-run-'));
  aws = await openAwsHarness();
  owner = createOwner(aws);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
  await rm(folder, { recursive: true });
});

/** Types a command at the account's present and gives what is printed. */
async function evenkeel(line: string) {
  const terminal = createTestTerminal({
    folder,
    columns: 110,
    variable: (name) => ({ AWS_REGION: REGION, USER: 'bob' })[name],
    clock: { now: () => startOf(aws.now()), sleep: async () => {} },
  });
  const code = await runCli([...line.split(' '), ...endpointOf(line)], terminal);
  return { code, output: terminal.output(), errors: terminal.errors() };
}

/** Commands that only look have no use for a lease role, and do not know the option. */
const LOOKING = ['scan', 'status', 'plan'];

function endpointOf(line: string): readonly string[] {
  const [command = ''] = line.split(' ');
  if (command === 'explain') return [];
  const endpoint = ['--endpoint', aws.front.endpoint];
  return LOOKING.includes(command) ? endpoint : [...endpoint, '--lease-role', ROLE];
}

async function runAt(to: Minute) {
  await aws.putCpu(web, officeLoad(aws.now(), to));
  await owner.passTime(web, to);
  const run = await evenkeel('run --once');
  expect(run.errors).toBe('');
  expect(run.code).toBe(0);
  return run.output;
}

const later = (minutes: number) => (aws.now() + minutes) as Minute;
const steps = async () => (await owner.actions(web)).filter(({ name }) => name !== 'evenkeel-home');

it('without a tagged group says what to do', async () => {
  const { code, errors } = await evenkeel('run --once');
  expect(code).toBe(2);
  expect(errors).toMatch(/^evenkeel: no Auto Scaling group in account 123456789012, eu-west-1 has the tag/);
});

it('S1: watches a group with only the workload tag: decisions are told, nothing is written', async () => {
  web = await aws.makeGroup({ name: 'shop-web', tags: { 'evenkeel:workload': 'shop' } });
  await aws.putCpuPolicy(web, 50);
  await aws.putCpu(web, officeLoad((NOON - 16 * 1440) as Minute, NOON));
  const { code, output } = await evenkeel('run --once');
  expect(code).toBe(0);
  expect(output).toContain('account 123456789012, eu-west-1; decisions in .evenkeel/evenkeel.db');
  expect(output).toMatch(/shop-web\s+shop\s+observe\s+2\s+2\s+4\/4\s+50 %\s+–\s+0 % ±\d %\s+watching only/);
  expect(await owner.actions(web)).toEqual([]);
});

it('scan replays what it has lived, tagged or not, and writes nothing anywhere', async () => {
  const bare = await aws.makeGroup({ name: 'bare-asg', tags: {} });
  await aws.putCpuPolicy(bare, 50);
  await aws.putCpu(bare, officeLoad((NOON - 5 * 1440) as Minute, NOON));
  const ledger = await evenkeel('explain shop --json');
  const { code, output } = await evenkeel('scan --all');
  expect(code).toBe(0);
  expect(output).toMatch(/^shop-web +1\? +\d/m);
  expect(output).toMatch(/^bare-asg +1\? +\d/m);
  expect(output).toContain('ResourceId=bare-asg,ResourceType=auto-scaling-group');
  expect((await evenkeel('scan')).output).not.toContain('bare-asg');
  for (const group of [web, bare]) expect(await owner.actions(group)).toEqual([]);
  expect((await evenkeel('explain shop --json')).output).toBe(ledger.output);
});

it('doctor looks the account and the group over', async () => {
  const { code, output } = await evenkeel('doctor shop');
  expect(code).toBe(0);
  expect(output).toMatch(/ok +credentials +account 123456789012, eu-west-1, as arn:aws:/);
  expect(output).toMatch(/ok +tags +tier 1, mode observe/);
  expect(output).toMatch(/ok +scaling +\S+ tracks CPU at 50 %/);
  expect(output).toMatch(/ok +history +1\d whole days/);
});

it('in mode auto floors stand in the group and the target is tuned under a lease', async () => {
  await owner.tag(web, 'evenkeel:mode', 'auto');
  await runAt(later(1442));
  await runAt(later(5));
  expect((await steps()).length).toBeGreaterThan(0);
  expect((await owner.actions(web)).at(-1)?.name).toBe('evenkeel-home');
  const { output } = await evenkeel('status');
  expect(output).toMatch(/shop-web\s+shop\s+auto .* steering/);
});

it('plan draws what stands; boost raises it at once and ends when told', async () => {
  const highest = async () => Math.max(...(await steps()).map(({ minSize }) => minSize ?? 0));
  expect((await evenkeel('plan shop')).output).toContain('stands in the group itself as scheduled actions');
  const before = await highest();
  const boosted = await evenkeel('boost shop --add 3 --for 24h');
  expect(boosted.output).toContain('shop gets 3 instances more until');
  expect(await highest()).toBe(before + 3);
  await runAt(later(5));
  expect((await evenkeel('boost shop --end')).output).toContain('The boost of shop is over');
  expect(await highest()).toBeLessThan(before + 3);
  await runAt(later(5));
});

it("S12: a person's change is told with who did it, and holds", async () => {
  await owner.setMinSize(web, 5, { user: 'alice', agent: 'Mozilla/5.0' });
  expect(await runAt(later(5))).toMatch(/alice/);
  expect(await steps()).toEqual([]);
  expect((await evenkeel('status shop')).output).toMatch(/human-override/);
  await runAt(later(1445));
  expect((await steps()).length).toBeGreaterThan(0);
});

it('S11, S30: pause takes the steps away at once and shows in status; resume puts the plan back', async () => {
  const paused = await evenkeel('pause shop --for 2h');
  expect(paused.code).toBe(0);
  expect(paused.output).toMatch(/Paused shop until .* UTC\. MinSize stands/);
  expect(await steps()).toEqual([]);
  expect((await evenkeel('status shop')).output).toMatch(/paused: .*bob/);
  await runAt(later(5));
  expect(await steps()).toEqual([]);
  expect((await evenkeel('resume shop')).output).toContain('Resumed shop.');
  expect((await steps()).length).toBeGreaterThan(0);
});

it('explain tells it all from the store alone, without AWS', async () => {
  const before = aws.front.requests.length;
  const { code, output } = await evenkeel('explain shop --last 50');
  expect(code).toBe(0);
  expect(aws.front.requests).toHaveLength(before);
  for (const word of ['alice', 'bob', 'floor']) expect(output).toContain(word);
});

it('S16: off takes everything back, keeps it off against the tag, and says which tag to write', async () => {
  const { output } = await evenkeel('off shop');
  expect(output).toContain('Write evenkeel:mode=off to keep it so.');
  await owner.passTime(web, later(5));
  expect(await owner.minSize(web)).toBe(5);
  expect(await steps()).toEqual([]);
  expect(await aws.ports.targets.lease(web)).toBeUndefined();
  await runAt(later(5));
  expect(await steps()).toEqual([]);
});

it.each([
  [
    'run --once',
    'AccessDenied',
    403,
    /evenkeel: AWS denies sts:GetCallerIdentity: the permission .* is missing/,
  ],
  ['status nobody', '', 0, /evenkeel: no group in account .* has the tag evenkeel:workload=nobody/],
])('%s with %s: one line that says what to do, exit code 2', async (line, code, status, message) => {
  const standard = aws.front.interceptor;
  if (code !== '') {
    aws.front.interceptor = () => ({
      status,
      contentType: 'text/xml',
      body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
    });
  }
  const result = await evenkeel(line);
  aws.front.interceptor = standard;
  expect(result.code).toBe(2);
  expect(result.errors).toMatch(message);
  expect(result.errors.trimEnd()).not.toContain('\n');
});

it('the program itself lives on until Ctrl-C, which ends it well', async () => {
  const bin = join(ROOT, 'packages', 'cli', 'bin', 'evenkeel.ts');
  const child = spawn(process.execPath, [bin, 'run', '--endpoint', aws.front.endpoint], {
    cwd: folder,
    env: {
      ...process.env,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    },
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ticked = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes('shop-web')) resolve();
    });
  });
  await Promise.race([ticked, ended]);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(output).toMatch(/Ended at .* UTC\. Floors that stand in AWS go on by/);
});
