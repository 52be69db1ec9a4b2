import { explainShape } from '@evenkeel/core/explain';
import { describe, expect, it } from 'vitest';
import { plainGroup } from '../../memory/index.ts';
import { rolloutPlanOf } from './rollout-plan-of.ts';
import {
  BETTER,
  DAY,
  DOUBLE,
  entry,
  factor,
  look,
  NOW,
  PRESENT,
  proposed,
  reviewed,
  type Story,
} from './testing.ts';

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

  it('an estimated price decides nothing: not of the new type, nor of the one the group has', async () => {
    const guessed = (known: typeof PRESENT) => ({
      ...known,
      price: { ...known.price!, trust: 'estimated' } as const,
    });
    const { decision } = await reviewed({ entries: [PRESENT, guessed(BETTER)] });
    expect(decision.because).toBe('already-best');
    expect(decision.choice.rejected[0]?.example.excuse.code).toBe('price-estimated');
    const { entries } = await look({ entries: [guessed(PRESENT), BETTER] });
    const excuses = entries.flatMap((each) => each.excuses);
    expect(entries.map((each) => each.decision?.kind)).not.toContain('shape-proposed');
    expect(excuses).toContainEqual({
      code: 'type-not-in-catalogue',
      bottleneck: 'price that is more than an estimate',
      facts: { type: 'm6i.large', region: 'eu-west-1' },
    });
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

  it('considers arm64 where the tag names a template with an image for it', async () => {
    const tags = { 'evenkeel:arm64-launch-template': 'shop-arm:3' };
    const { decision } = await proposed({ tags });
    expect(decision.to).toMatchObject({ architecture: 'arm64' });
    expect(decision.to.types[0]).toBe('m7g.large');
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
      basis: { at: NOW, template: 'lt-1:4' },
    });
    // Of the day before, not of the moment: at five past midnight the group has 8 of them, at night 2.
    expect(plan.basis.demand).toBeCloseTo(4, 1);
    expect(plan.basis.size).toBeCloseTo(8.5, 1);
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
