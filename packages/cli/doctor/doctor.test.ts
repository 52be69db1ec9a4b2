import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { CPU_POLICY } from '@evenkeel/engine/memory';
import type { GroupSnapshot, ShapeFacts } from '@evenkeel/engine/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Composition } from '../compose.ts';
import { demoCatalogue } from '../demo/demo-catalogue.ts';
import { compositionOn, memoryPlace, typed } from '../testing/test-place.ts';
import type { Finding } from './finding.ts';
import { NEEDS } from './permissions.ts';

/** 2026-10-05. */
const NOW = 29_852_640 as Minute;
const ROLE = 'arn:aws:iam::111122223333:role/lease';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Made {
  readonly group?: Partial<GroupSnapshot>;
  /** Days of history, and the demand of all of them in capacity units. */
  readonly days?: number;
  readonly demand?: number;
  readonly facts?: Partial<ShapeFacts>;
  readonly place?: Partial<Composition>;
}

function made({ group = {}, days = 20, demand = 4, facts, place }: Made = {}) {
  const shape = { instanceTypes: ['m7g.large'], spotShare: 0, templateVersion: 'number' } as const;
  const { ports } = memoryPlace(NOW, { shape, startup: 3, inService: 8, desired: 8, ...group });
  const ref = { account: '111122223333', region: 'eu-west-1', name: 'shop-web' };
  const values = new Float64Array(days * MINUTES_PER_DAY).fill(demand);
  ports.metrics.set(ref, {
    demand: { start: (NOW - values.length) as Minute, values },
    inService: new Float64Array(values.length).fill(8),
  });
  const read = { vcpuQuota: { used: 100, allowed: 500 }, freeAddresses: 200, ...facts } as ShapeFacts;
  const shapes = async () => ({
    ports: { shapeFacts: { read: async () => read } } as never,
    beat: async () => {},
  });
  const opened = compositionOn({ ...ports, catalogue: demoCatalogue() }, { shapes, ...place });
  const run = (line: string, columns = 80) =>
    typed(line, { opened, now: NOW, terminal: { folder, columns } });
  return { ports, ref, run };
}

/** What the doctor says of the one group, by what was looked at. */
async function ofGroup(of?: Made): Promise<Record<string, Finding>> {
  const { sections } = JSON.parse((await made(of).run('doctor shop --json')).output);
  return Object.fromEntries(sections[1].findings.map((finding: Finding) => [finding.what, finding]));
}

async function ofAccount(of?: Made): Promise<Record<string, Finding>> {
  const { sections } = JSON.parse((await made(of).run('doctor --json')).output);
  return Object.fromEntries(sections[0].findings.map((finding: Finding) => [finding.what, finding]));
}

describe('evenkeel doctor, of a group', () => {
  it('finds a sound one sound, and says by which numbers', async () => {
    const findings = await ofGroup();
    expect(Object.values(findings).map(({ level }) => level)).toEqual(Array(8).fill('ok'));
    expect(findings.MaxSize?.says).toBe('Demand needed up to 6 instances, MaxSize is 20');
    expect(findings.quota?.says).toContain('100 of 500 vCPUs in use; up to MaxSize it would be 24 more');
  });

  const cases: readonly (readonly [what: string, level: Finding['level'], says: RegExp, of: Made])[] = [
    [
      'tags',
      'problem',
      /evenkeel:tier=high cannot be read; write 0, 1, 2 or 3/,
      { group: { tags: { 'evenkeel:tier': 'high' } } },
    ],
    [
      'S15: owner',
      'warn',
      /Kubernetes runs the group/,
      { group: { tags: { 'kubernetes.io/cluster/a': 'owned' } } },
    ],
    ['S15: owner', 'warn', /Launch suspended/, { group: { suspendedProcesses: ['Launch'] } }],
    [
      'processes',
      'problem',
      /AlarmNotification suspended: its scaling policies do nothing/,
      { group: { suspendedProcesses: ['AlarmNotification', 'AZRebalance'] } },
    ],
    [
      'S7: scaling',
      'warn',
      /Floors only \(several scaling policies\)/,
      { group: { policies: [CPU_POLICY, { ...CPU_POLICY, name: 'b' }] } },
    ],
    [
      'S7: scaling',
      'warn',
      /no scaling policy: what a floor raised would never scale in/,
      { group: { policies: [] } },
    ],
    ['scaling', 'warn', /MinSize and MaxSize are both 8/, { group: { size: { min: 8, max: 8 } } }],
    [
      'S10: monitoring',
      'warn',
      /stays at 60 % or below. .* about \$17 for the 8 instances now/,
      { group: { metricPeriod: 5 } },
    ],
    ['S10: history', 'warn', /^5 whole days of demand: a tuned target after 14 days/, { days: 5 }],
    ['S10: history', 'warn', /^1 whole day of demand: floors from day 2 on/, { days: 1 }],
    ['MaxSize', 'warn', /up to 18 instances, MaxSize is 20: little room/, { demand: 12 }],
    ['MaxSize', 'problem', /up to 22 instances, MaxSize is 20: it was short/, { demand: 15 }],
    [
      'S18: template',
      'warn',
      /at \$Latest: better instance types are proposed, never rolled out/,
      { group: { shape: { instanceTypes: ['m7g.large'], spotShare: 0, templateVersion: 'latest' } } },
    ],
    [
      'quota',
      'problem',
      /100 of 110 vCPUs in use.*which the quota refuses/,
      { facts: { vcpuQuota: { used: 100, allowed: 110 } } },
    ],
    [
      'quota',
      'unknown',
      /could not be read: servicequotas:GetServiceQuota is missing/,
      { place: { shapes: () => Promise.reject(new Error('servicequotas:GetServiceQuota is missing')) } },
    ],
    ['subnets', 'problem', /10 addresses are free .* it would take 12/, { facts: { freeAddresses: 10 } }],
  ];
  it.each(cases)('%s: %s, %s', async (what, level, says, of) => {
    const finding = (await ofGroup(of))[what.replace(/^S\d+: /, '')];
    expect(finding?.level).toBe(level);
    expect(finding?.says).toMatch(says);
    if (level !== 'unknown') expect(finding?.remedy).toBeTruthy();
  });

  it('S30: a pause is visible', async () => {
    const { ports, run } = made();
    await ports.holds.place({
      kind: 'paused',
      scope: { kind: 'workload', workload: 'shop' },
      since: NOW,
      by: 'alice',
    });
    expect((await run('doctor shop')).output).toMatch(
      /warn +hold +Evenkeel keeps its hands off: paused by alice\./,
    );
  });

  it('metrics that cannot be read are a problem of their own', async () => {
    const { ports, run } = made();
    ports.faults.faults = {
      call: (operation) =>
        operation.includes('demand') ? new Error('cloudwatch:GetMetricData is missing') : undefined,
    };
    expect((await run('doctor shop', 120)).output).toMatch(
      /problem +history +Metrics could not be read: cloudwatch:GetMetricData is missing/,
    );
  });
});

describe('evenkeel doctor, of the account', () => {
  const checkup = (missing: readonly string[], beat?: number): Partial<Composition> => ({
    checkup: async () => ({
      caller: 'arn:aws:iam::111122223333:user/bob',
      missing: async (actions) => missing.filter((each) => actions.includes(each)),
      heartbeats: async () =>
        beat === undefined ? [] : [{ stage: 'production', at: (NOW - beat) as Minute }],
    }),
  });

  it('says who asks, what is allowed, that Evenkeel lives and how old prices are', async () => {
    const findings = await ofAccount({ place: checkup([], 4) });
    expect(findings.credentials?.says).toContain('as arn:aws:iam::111122223333:user/bob');
    expect(findings.permissions?.level).toBe('ok');
    expect(findings.alive).toMatchObject({ level: 'ok', says: 'production ticked 4 min ago' });
    expect(findings.catalogue?.says).toMatch(/the newest \d+ days old \(2026-/);
  });

  it('names what is not allowed, and the statement that allows it', async () => {
    const missing = [
      'autoscaling:BatchPutScheduledUpdateGroupAction',
      'iam:PassRole',
      'scheduler:CreateSchedule',
    ];
    const { output } = await made({ place: checkup(missing) }).run(`doctor --lease-role ${ROLE}`, 110);
    const flat = output.replaceAll(/\s+/g, ' ');
    expect(flat).toContain(
      'problem floors autoscaling:BatchPutScheduledUpdateGroupAction is not allowed: no floor can be written',
    );
    expect(flat).toContain('problem targets scheduler:CreateSchedule, iam:PassRole are not allowed');
    const statement = JSON.parse(output.slice(output.indexOf('\n[\n'), output.indexOf('\n]\n') + 2));
    expect(statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['autoscaling:BatchPutScheduledUpdateGroupAction'],
        Resource: 'arn:aws:autoscaling:*:111122223333:autoScalingGroup:*:autoScalingGroupName/*',
        Condition: { Null: { 'aws:ResourceTag/evenkeel:workload': 'false' } },
      },
      {
        Effect: 'Allow',
        Action: ['scheduler:CreateSchedule'],
        Resource: 'arn:aws:scheduler:*:111122223333:schedule/default/evenkeel-lease-*',
      },
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: ROLE,
        Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      },
    ]);
  });

  it("what no group's mode needs is a warning", async () => {
    const group = { tags: { 'evenkeel:mode': 'observe' } };
    const findings = await ofAccount({ group, place: checkup(['autoscaling:PutScalingPolicy']) });
    expect(findings.targets).toMatchObject({
      level: 'warn',
      says: expect.stringContaining("No group's mode needs it yet."),
    });
  });

  it('a heart that stopped is a problem, and one that never beat a warning', async () => {
    expect((await ofAccount({ place: checkup([], 180) })).alive).toMatchObject({
      level: 'problem',
      says: expect.stringContaining('ticked 3 h ago'),
    });
    expect((await ofAccount({ place: checkup([]) })).alive).toMatchObject({
      level: 'warn',
      remedy: expect.stringContaining('evenkeel run'),
    });
  });

  it('permissions that IAM does not tell are not known, and it says how to have them checked', async () => {
    const refused = new Error('iam:SimulatePrincipalPolicy is missing');
    const place: Partial<Composition> = {
      checkup: async () => ({
        caller: 'a',
        missing: () => Promise.reject(refused),
        heartbeats: async () => [],
      }),
    };
    expect((await ofAccount({ place })).permissions).toMatchObject({
      level: 'unknown',
      says: 'Not looked at: iam:SimulatePrincipalPolicy is missing.',
    });
  });

  it('reads from the settings whether Slack is set up', async () => {
    expect((await ofAccount()).Slack?.level).toBe('unknown');
    await writeFile(join(folder, 'evenkeel.json'), '{"regions":["eu-west-1"]}');
    expect((await ofAccount()).Slack).toMatchObject({
      level: 'warn',
      remedy: expect.stringContaining('docs/slack.md'),
    });
    await writeFile(join(folder, 'evenkeel.json'), '{"regions":["eu-west-1"],"slack":{"channel":"ops"}}');
    expect((await ofAccount()).Slack?.says).toContain('nobody may answer for tier 0, 1, 2, 3');
    await writeFile(join(folder, 'evenkeel.json'), '{"regions":[]}');
    expect((await ofAccount()).Slack?.level).toBe('problem');
  });

  it('sums up, in 80 columns, with what is well in a line of its own', async () => {
    await writeFile(join(folder, 'evenkeel.json'), '{"regions":["eu-west-1"]}');
    const { code, output } = await made({ group: { metricPeriod: 5 }, place: checkup([], 1) }).run('doctor');
    expect(code).toBe(0);
    expect(output).toMatch(/ok +7 checks +tags, scaling, history, MaxSize/);
    expect(output).toMatch(/No problem, 3 warnings\.\n$/);
    expect(output).toMatch(/warn +lease role +With these options evenkeel run writes floors/);
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

it('the permissions it looks for are those of the deployed roles', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'permissions.md'), 'utf8');
  for (const action of NEEDS.flatMap(({ actions }) => actions)) expect(page).toContain(`\`${action}\``);
});
