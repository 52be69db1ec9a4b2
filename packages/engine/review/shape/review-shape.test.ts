import type { Decision, LedgerEntry } from '@evenkeel/core/explain';
import { explainShape } from '@evenkeel/core/explain';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import type { CatalogEntry, InstanceType } from '@evenkeel/core/shape';
import { parsePolicy } from '@evenkeel/core/workload';
import { describe, expect, it } from 'vitest';
import {
  createMemoryCatalogue,
  createMemoryPorts,
  createMemoryUsage,
  plainGroup,
} from '../../memory/index.ts';
import type { GroupRecord, GroupSnapshot, Ports } from '../../ports/index.ts';
import { openRun } from '../../run/open-run.ts';
import { closeRun } from '../../run/run.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../run/settings.ts';
import { reviewShape } from './review-shape.ts';
import { rolloutPlanOf } from './rollout-plan-of.ts';

const DAY = 1440;
/** Five past midnight of 20 October 2025. */
const NOW = (29_348_640 + 5) as Minute;
const FIVE_MINUTE_SAMPLES = (14 * DAY) / 5;

function entry(name: string, changes: Partial<InstanceType>, usdPerHour: number): CatalogEntry {
  const family = name.split('.')[0]!;
  const type: InstanceType = {
    name,
    family,
    series: family[0]!,
    generation: Number(family[1]),
    architectures: ['x86_64'],
    vcpus: 2,
    memoryGiB: 8,
    network: { baselineGbps: 0.75, burstGbps: 10 },
    ebs: { baselineMbps: 650, baselineIops: 3600 },
    flex: false,
    bareMetal: false,
    accelerated: false,
    performance: { factor: 1, basis: 'measured' },
    ...changes,
  };
  return { type, price: { usdPerHour, trust: 'quoted', asOf: '2026-07-20' } };
}

const factor = (value: number) => ({ performance: { factor: value, basis: 'measured' } as const });
const PRESENT = entry('m6i.large', factor(1.2), 0.107);
const BETTER = entry('m7a.large', factor(1.7), 0.128);
const NEXT = entry('m6a.large', factor(1.25), 0.0963);
const ARM = entry('m7g.large', { ...factor(1.6), architectures: ['arm64'] }, 0.091);
const LEAN = entry('c7a.large', { ...factor(1.7), memoryGiB: 4 }, 0.1);
const DOUBLE = entry('m6i.xlarge', { ...factor(1.2), vcpus: 4, memoryGiB: 16 }, 0.214);
const REGION = [PRESENT, BETTER, NEXT, ARM, LEAN, DOUBLE];

interface Story {
  readonly mode?: string;
  readonly tags?: Record<string, string>;
  readonly entries?: readonly CatalogEntry[] | 'none';
  readonly group?: Partial<GroupSnapshot>;
  readonly settings?: Partial<EngineSettings>;
  readonly ledger?: readonly { readonly at: number; readonly decision: Decision; readonly id?: string }[];
  readonly record?: Partial<GroupRecord>;
  readonly memoryPercent?: number;
  readonly days?: number;
  readonly matches?: boolean;
}

/** A group of an office, two weeks on m6i.large, and one look at its shape. */
async function look(story: Story = {}) {
  const ports = createMemoryPorts({ now: () => NOW });
  const tags = { 'evenkeel:workload': 'shop', 'evenkeel:mode': story.mode ?? 'approve', ...story.tags };
  const group = plainGroup('web', { size: { min: 2, max: 60 }, tags, targetGroups: ['tg'], ...story.group });
  ports.groups.set(group);
  const start = (NOW - (story.days ?? 28) * DAY) as Minute;
  const demandAt = (at: number) => 4 + 3 * Math.sin(((at % DAY) / DAY) * 2 * Math.PI);
  const values = Float64Array.from({ length: NOW - start }, (_, i) => demandAt(start + i));
  const inService = values.map((value) => Math.ceil(value / 0.5));
  ports.metrics.set(group.ref, { demand: { start, values }, inService });
  const past = (story.ledger ?? []).map(
    ({ at, decision, id }, i): LedgerEntry => ({
      id: id ?? `past/${i}`,
      at: at as Minute,
      workload: 'shop',
      group: 'web',
      decision,
      excuses: [],
    }),
  );
  await ports.ledger.append(past);
  const usage = createMemoryUsage();
  if (story.memoryPercent !== undefined) {
    const memoryPercentMax = new Float64Array(FIVE_MINUTE_SAMPLES).fill(story.memoryPercent);
    usage.set(group.ref, { memoryPercentMax });
  }
  const catalogue = createMemoryCatalogue(
    story.entries === 'none' ? {} : { 'eu-west-1': story.entries ?? REGION },
  );
  const all: Ports = { ...ports, catalogue, usage: usage.read };
  const settings = { ...DEFAULT_SETTINGS, ...story.settings };
  const run = await openRun({ useCase: 'review', ports: all, group, now: startOf(NOW), settings });
  run.record = { ...run.record, ...story.record };
  const parsed = parsePolicy(tags, undefined);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.excuses));
  const reading = await ports.metrics.demand(group.ref, start, NOW);
  const gate =
    story.matches === false ? ({ kind: 'not-measured' } as const) : ({ kind: 'matches', error: 0 } as const);
  await reviewShape(run, parsed.policy, { reading, gate, learned: { profile: undefined } });
  const { entries } = await closeRun(run);
  const found = entries.find(({ decision }) => decision?.kind.startsWith('shape-'));
  return { run, entries, entry: found, decision: found?.decision };
}

async function proposed(story: Story = {}) {
  const found = await look(story);
  if (found.decision?.kind !== 'shape-proposed')
    throw new Error(`no proposal: ${JSON.stringify(found.entries)}`);
  return { ...found, decision: found.decision };
}

async function reviewed(story: Story = {}) {
  const found = await look(story);
  if (found.decision?.kind !== 'shape-reviewed')
    throw new Error(`no review: ${JSON.stringify(found.entries)}`);
  return { ...found, decision: found.decision };
}

const shapes = { from: { types: ['m6i.large'], count: 8 }, to: { types: ['m7a.large'], count: 6 } };

describe('the shape in the nightly review', () => {
  it('proposes the best type with its count, money and risk, and keeps why not the others', async () => {
    const { decision } = await proposed();
    expect(decision.from).toMatchObject({ types: ['m6i.large'], architecture: 'x86_64' });
    expect(decision.to.types[0]).toBe('m7a.large');
    expect(decision.to.count).toBeLessThan(decision.from.count);
    expect(decision.performanceFactor).toBeCloseTo(1.7 / 1.2, 6);
    expect(decision.priceFactor).toBeCloseTo(0.128 / 0.107, 6);
    const money = decision.expected.dollarsPerMonth!;
    expect(money.after / money.before).toBeGreaterThan(0.8);
    expect(money.after / money.before).toBeLessThan(0.95);
    expect(decision.expected.priceBasis).toBe('list');
    const { top, rejected, considered } = decision.choice!;
    const ranked = new Set([...top.map(({ type }) => type), 'm6i.large']);
    expect(ranked.size + rejected.reduce((sum, { types }) => sum + types, 0)).toBe(considered);
    expect(rejected.map(({ example }) => example.excuse.code)).toContain('architecture');
    expect(JSON.stringify(decision).length).toBeLessThan(6000);
  });

  it('S1: asks in approve, only tells in recommend, proposes nothing in observe', async () => {
    const asked = await proposed();
    expect(asked.decision).toMatchObject({ asks: true, expires: NOW + 3 * DAY });
    const told = await proposed({ mode: 'recommend' });
    expect(told.decision.asks).toBe(false);
    expect(told.entry?.outcome).toEqual({ kind: 'told', because: 'mode-does-not-allow' });
    expect((await reviewed({ mode: 'observe' })).decision.because).toBe('mode-does-not-allow');
  });

  it('S23: in auto another family asks, unless the prices of both are stated', async () => {
    expect((await proposed({ mode: 'auto' })).decision.asks).toBe(true);
    const prices = { stated: ['m6i', 'm7a'], committed: {} };
    const stated = await proposed({ mode: 'auto', settings: { prices } });
    expect(stated.decision.asks).toBe(false);
    expect(stated.entry?.outcome).toEqual({ kind: 'applied' });
  });

  it('S23: what a commitment pays for anyway saves nothing by leaving it', async () => {
    const prices = { stated: [], committed: { m6i: 1 } };
    expect((await reviewed({ settings: { prices } })).decision.because).toBe('saves-too-little');
  });

  it('S20: in auto a group that nothing guards asks, whatever is stated', async () => {
    const prices = { stated: ['m6i', 'm7a'], committed: {} };
    const story = { mode: 'auto', settings: { prices }, group: { targetGroups: [] } };
    expect((await proposed(story)).decision.asks).toBe(true);
  });

  it('S18: a template without a number, or nothing that rolls out, is told only', async () => {
    const shape = { ...plainGroup('web').shape, templateVersion: 'latest' as const };
    expect((await proposed({ group: { shape } })).entry?.outcome).toEqual({
      kind: 'told',
      because: 'not-reversible',
    });
    const off = await proposed({ settings: { rollouts: false } });
    expect([off.decision.asks, off.entry?.outcome]).toEqual([
      false,
      { kind: 'told', because: 'rollouts-are-off' },
    ]);
  });

  it('keeps the memory per vCPU where nobody measures it, and says so', async () => {
    const { decision, entry } = await proposed();
    expect(decision.choice?.memory).toBe('present');
    expect(decision.choice?.rejected.map(({ example }) => example.type)).toContain('c7a.large');
    expect(explainShape([entry!])?.because.join(' ')).toContain('Memory is not measured');
  });

  it('takes less memory where the agent shows that it is enough, and not where it is not', async () => {
    const little = await proposed({ memoryPercent: 20 });
    expect(little.decision.to.types[0]).toBe('c7a.large');
    expect(little.decision.choice?.memory).toBe('measured');
    const much = await proposed({ memoryPercent: 60 });
    const lean = much.decision.choice?.rejected.find(({ example }) => example.type === 'c7a.large');
    expect(lean?.example.excuse).toMatchObject({ code: 'does-not-fit', bottleneck: 'memory' });
  });

  it('takes no memory that was measured on another type', async () => {
    const finished: Decision = { kind: 'shape-finished', rollout: 'r', ...shapes, expected: {}, took: 60 };
    const after = async (days: number) => {
      const ledger = [{ at: NOW - days * DAY, decision: finished }];
      return (await look({ memoryPercent: 20, ledger })).decision;
    };
    expect([await after(1), await after(9)]).toMatchObject([
      { choice: { memory: 'present' } },
      { choice: { memory: 'measured' } },
    ]);
  });

  it('considers arm64 where the tag names a template with an image for it', async () => {
    const tags = { 'evenkeel:arm64-launch-template': 'shop-arm:3' };
    const { decision } = await proposed({ tags });
    expect(decision.to).toMatchObject({ architecture: 'arm64' });
    expect(decision.to.types[0]).toBe('m7g.large');
  });

  it('a rolled-back, rejected or missing type is left out until its time', async () => {
    const back: Decision = {
      kind: 'shape-rolled-back',
      rollout: 'r',
      tried: shapes.to,
      back: shapes.from,
      reason: 'canary-worse',
      notBefore: (NOW + DAY) as Minute,
    };
    const asked: Decision = {
      kind: 'shape-proposed',
      ...shapes,
      expected: {},
      performanceFactor: 1,
      priceFactor: 1,
      asks: true,
    };
    const no: Decision = { kind: 'answer', answer: 'reject', to: 'p', by: 'slack:U1' };
    const short: Decision = {
      kind: 'launch-shortage',
      type: 'm7a.large',
      zone: 'eu-west-1a',
      purchase: 'on-demand',
      wanted: 8,
      missing: 1,
      avoidedUntil: (NOW + 60) as Minute,
      alternatives: [],
    };
    const at = NOW - 10 * DAY;
    const stories = [
      [{ at, decision: back }],
      [
        { at, decision: asked, id: 'p' },
        { at: at + 5, decision: no },
      ],
      [{ at: NOW - 60, decision: short }],
    ];
    const codes = ['rolled-back-before', 'rolled-back-before', 'offering-unavailable'];
    for (const [i, ledger] of stories.entries()) {
      const { decision } = await look({ ledger });
      const choice =
        decision?.kind === 'shape-proposed' || decision?.kind === 'shape-reviewed'
          ? decision.choice
          : undefined;
      const left = choice?.rejected.find(({ example }) => example.type === 'm7a.large');
      expect(left?.example.excuse.code).toBe(codes[i]);
    }
    const over = { ...back, notBefore: (NOW - 1) as Minute };
    expect((await proposed({ ledger: [{ at, decision: over }] })).decision.to.types[0]).toBe('m7a.large');
  });

  it('what a canary measured on this workload beats the table', async () => {
    const verdict: Decision = {
      kind: 'canary-verdict',
      rollout: 'r',
      ...shapes,
      verdict: 'worse',
      performanceFactor: { before: 1.4, after: 0.8 },
      confidence: 0.99,
      canaryInstances: 1,
      measuredFor: 60,
      next: 'roll-back',
    };
    const { decision } = await look({ ledger: [{ at: NOW - 40 * DAY, decision: verdict }] });
    expect(decision?.kind === 'shape-proposed' ? decision.to.types[0] : 'stays').not.toBe('m7a.large');
  });

  it('not within 7 days of the last change, and looked at once a week', async () => {
    const finished: Decision = { kind: 'shape-finished', rollout: 'r', ...shapes, expected: {}, took: 60 };
    const soon = await reviewed({ ledger: [{ at: NOW - 6 * DAY, decision: finished }] });
    expect(soon.decision.because).toBe('too-soon');
    expect((await proposed({ ledger: [{ at: NOW - 8 * DAY, decision: finished }] })).decision.asks).toBe(
      true,
    );
    const record = { shapeReviewedAt: (NOW - 6 * DAY) as Minute };
    expect((await look({ record })).decision).toBeUndefined();
  });

  it('says why the shape stays: it is the best, or the rest saves too little', async () => {
    expect((await reviewed({ entries: [PRESENT, DOUBLE] })).decision.because).toBe('already-best');
    const hair = entry('m6x.large', factor(1.21), 0.106);
    const { decision, entry: written } = await reviewed({ entries: [PRESENT, hair] });
    expect(decision.because).toBe('saves-too-little');
    expect(explainShape([written!])?.headline).toMatch(
      /^It stays \d+ x m6i\.large: the best other type, m6x\.large, /,
    );
  });

  it.each<[string, Story, string | undefined]>([
    ['no catalogue of the region', { entries: 'none' }, 'catalogue-missing'],
    ['a type the catalogue does not know', { entries: [BETTER] }, 'type-not-in-catalogue'],
    ['less than two weeks of history', { days: 13 }, undefined],
    ['S9: a replay that was not shown to match', { matches: false }, undefined],
  ])('looks for nothing: %s', async (_, story, code) => {
    const { decision, run } = await look(story);
    expect(decision).toBeUndefined();
    expect(run.excuses.map((each) => each.code)).toEqual(code === undefined ? [] : [code]);
    expect(run.record.shapeReviewedAt).toBeUndefined();
  });

  it('a proposal is all that a rollout needs but the template', async () => {
    const { decision, entry: written } = await proposed();
    const plan = rolloutPlanOf(
      { ...decision, terms: decision.terms! },
      { id: written!.id, at: written!.at, workload: 'shop', tier: 1, template: 'lt-1:4' },
    );
    expect(plan).toMatchObject({
      id: written!.id,
      vcpus: { old: 2, fresh: 2 },
      usdPerInstanceHour: { old: 0.107, fresh: 0.128 },
      basis: { at: NOW, size: 4, template: 'lt-1:4' },
    });
    expect(plan.basis.demand).toBeCloseTo(4, 1);
  });
});

describe('explaining a shape', () => {
  it('answers from the ledger alone: why this one, the ranking, why not the others', async () => {
    const { entry: written } = await proposed();
    const told = explainShape([written!])!;
    expect(told.headline).toMatch(
      /^\d+ x m7a\.large instead of \d+ x m6i\.large, proposed 2025-10-20 00:05 UTC; waits for an answer until 2025-10-23 /,
    );
    expect(told.because[0]).toMatch(/^\$[\d,]+ → \$[\d,]+ a month \(list price\), \$[\d,]+ less\.$/);
    expect(told.ranked.filter(({ isPresent }) => isPresent).map(({ type }) => type)).toEqual(['m6i.large']);
    expect(told.notThese.join('\n')).toMatch(/m7g\.large: it is arm64/);
    expect(explainShape([])).toBeUndefined();
  });
});
