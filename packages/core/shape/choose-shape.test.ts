import { describe, expect, it } from 'vitest';
import type { Minutes } from '../quantities.ts';
import { createWorld } from '../replay/world.ts';
import type { PricedEntry } from './candidate.ts';
import { chooseShape, type ShapeQuestion } from './choose-shape.ts';
import { leastAfter } from './cost/least-after.ts';
import { replayOf } from './cost/replay-shape.ts';
import { replayedEvaluation } from './cost/replayed-evaluation.ts';
import { staticEvaluation } from './cost/static-evaluation.ts';
import { instancePrice } from './instance-price.ts';
import type { CatalogEntry } from './instance-type.ts';
import { rankShapes } from './rank-shapes.ts';
import { rejectionSentence, verdictSentence } from './sentences.ts';
import { DEFAULT_SHAPE_RULES } from './shape-rules.ts';
import { demandsOf, entryOf, historyOf, typeOf } from './testing.ts';

const context = { rules: DEFAULT_SHAPE_RULES, measuredAt: 4 };
const cpu = Array.from({ length: 336 }, (_, hour) => 4 + 2 * Math.sin((hour / 24) * 2 * Math.PI));
const history = historyOf(cpu, { memory: Float64Array.from(cpu, () => 2) });
const demands = demandsOf({
  history,
  present: typeOf({ name: 'm5.large' }),
  architectures: ['x86_64', 'arm64'],
});

const ENTRIES: readonly CatalogEntry[] = [
  entryOf({ name: 'm5.large' }, 0.096),
  entryOf({ name: 'm5.xlarge', vcpus: 4, memoryGiB: 16 }, 0.192),
  entryOf({ name: 'm6a.large', family: 'm6a', performance: { factor: 1.3, basis: 'measured' } }, 0.0864),
  entryOf({ name: 'm6i.large', family: 'm6i', performance: { factor: 1.25, basis: 'measured' } }, 0.096),
  entryOf(
    {
      name: 'm7g.large',
      family: 'm7g',
      architectures: ['arm64'],
      performance: { factor: 1.6, basis: 'measured' },
    },
    0.0816,
  ),
  entryOf(
    { name: 'c6a.large', family: 'c6a', memoryGiB: 4, performance: { factor: 1.3, basis: 'measured' } },
    0.0765,
  ),
  entryOf(
    { name: 'r6a.large', family: 'r6a', memoryGiB: 16, performance: { factor: 1.3, basis: 'measured' } },
    0.1134,
  ),
  entryOf({ name: 'm5.metal', bareMetal: true, family: 'm5m', vcpus: 96 }, 4.6),
  { type: typeOf({ name: 'm9x.large', family: 'm9x' }) },
];

const priceOf = ({ price }: PricedEntry): number => price.usdPerHour;
const question: ShapeQuestion = {
  entries: ENTRIES,
  demands,
  evaluation: staticEvaluation({ history, lossFactor: 30, context }),
  priceOf,
  presentCount: 6,
  maxSize: 40,
  launchesPerDay: 10,
};

describe('choosing a shape', () => {
  it('keeps the best five, and gives every other type an excuse with a sentence', () => {
    const choice = chooseShape(question);
    const names = [
      ...choice.top.map(({ candidate }) => candidate.entry.type.name),
      ...choice.rejected.map(({ type }) => type),
    ];
    expect(names.toSorted()).toEqual(ENTRIES.map(({ type }) => type.name).toSorted());
    expect(choice.top.length).toBe(5);
    expect(choice.best?.candidate.entry.type.name).toBe('m7g.large');
    for (const rejected of choice.rejected) {
      expect(rejectionSentence(rejected)).toMatch(
        new RegExp(`^${rejected.type.replace('.', '\\.')}: .{20,}\\.$`),
      );
    }
  });

  it('says what the group costs as it is, and whether the change is worth it', () => {
    const { present, verdict } = chooseShape(question);
    expect(present?.candidate).toMatchObject({ count: 6, usdPerInstanceHour: 0.096 });
    expect(verdict?.reason).toBeUndefined();
    expect(verdictSentence(verdict!)).toMatch(
      /^It saves \d.* % of the cost with risk .*: worth the change\.$/,
    );
  });

  it('stand-ins share the architecture and the size of the best', () => {
    const { acceptable } = chooseShape({ ...question, demands: { ...demands, architectures: ['x86_64'] } });
    expect(acceptable[0]).toBe('c6a.large');
    expect(acceptable).toContain('m6a.large');
    expect(acceptable).not.toContain('m7g.large');
    expect(acceptable).not.toContain('m5.xlarge');
  });

  it('what was measured on this workload beats the table', () => {
    const choice = chooseShape({ ...question, measuredFactors: new Map([['m7g.large', 0.7]]) });
    expect(choice.best?.candidate.entry.type.name).not.toBe('m7g.large');
    expect(choice.present).toEqual(chooseShape(question).present);
  });

  it('S22: a candidate whose peak count exceeds 80 % of MaxSize is refused with the value to set', () => {
    const { rejected, best } = chooseShape({ ...question, maxSize: 3 });
    const refused = rejected.filter(({ excuse }) => excuse.code === 'max-size');
    expect(refused.length).toBeGreaterThan(0);
    for (const { excuse } of refused) {
      expect(Number(excuse.facts.count)).toBeGreaterThan(2);
      expect(Number(excuse.facts.count)).toBeLessThanOrEqual(0.8 * Number(excuse.facts.write));
    }
    expect(best === undefined || best.candidate.count <= 2).toBe(true);
  });

  it('a dearer type is told what it would run out of for the same money', () => {
    const tight = historyOf(cpu, { memory: Float64Array.from(cpu, () => 6) });
    const choice = chooseShape({
      ...question,
      demands: { ...demands, history: tight },
      evaluation: staticEvaluation({ history: tight, lossFactor: 30, context }),
    });
    const small = choice.rejected.find(({ type }) => type === 'c6a.large');
    expect(small?.excuse).toMatchObject({ code: 'dearer', bottleneck: 'memory' });
  });

  it('with nothing but rejected types there is no best and no verdict', () => {
    const choice = chooseShape({ ...question, demands: { ...demands, types: ['z1d'] } });
    expect(choice).toMatchObject({ top: [], acceptable: [] });
    expect(choice.best ?? choice.verdict).toBeUndefined();
    expect(choice.rejected.length).toBe(ENTRIES.length);
  });
});

describe('a group whose size follows demand', () => {
  const minutes = Float64Array.from(
    { length: 4 * 1440 },
    (_, m) => 8 + 5 * Math.sin((m / 1440) * 2 * Math.PI),
  );
  const world = createWorld({ startup: 3, bounds: { min: 2, max: 60 } });
  const replay = replayOf({ demand: minutes, world, target: 0.6 });
  const evaluation = replayedEvaluation({ history, present: typeOf(), lossFactor: 30, context, replay });

  it('is replayed with the capacity of each type: half the price for half the capacity is no gain', () => {
    const shapeOf = (capacity: number) => replay(capacity);
    expect(shapeOf(2).billed).toBeGreaterThan(shapeOf(1).billed / 2);
    expect(shapeOf(0.5).billed).toBeGreaterThan(1.9 * shapeOf(1).billed);
    expect(shapeOf(0.5).peak).toBeGreaterThan(shapeOf(1).peak);
  });

  it.each([
    [4, 2, 0, 2],
    [4, 8, 0, 2],
    [4, 8, 3, 3],
    [2, 8, 3, 2],
    [1, 4, 0, 1],
    [4, 0.5, 3, 8],
  ])(
    'a least size of %i becomes, with %f times the capacity and %i zones at risk, %i',
    (min, capacity, zonesAtRisk, least) => {
      expect(leastAfter(min, { capacity, zonesAtRisk })).toBe(least);
    },
  );

  it('ranks by the replayed bill and shortage, at the count the replay needed', () => {
    const choice = chooseShape({ ...question, evaluation });
    expect(choice.best?.candidate.entry.type.name).toBe('m7g.large');
    const best = choice.best!;
    const played = replay(1.6);
    expect(best.candidate.count).toBe(played.peak);
    expect(best.cost.riskAdjustedUsd).toBeCloseTo(0.0816 * (played.billed + 30 * played.shortage), 9);
    expect(choice.verdict?.savingsShare).toBeGreaterThan(0.2);
  });

  it('prices surplus credits at the mean count, not at the count of the peak', () => {
    const t3 = entryOf(
      { name: 't3.large', family: 't3', series: 't', burstable: { baselineShare: 0.3 } },
      0.0832,
    );
    const busy = historyOf(cpu.map((value) => 3 * value));
    const own = instancePrice({ spotShare: 0, lossFactor: 30, startup: 3 as Minutes }, busy);
    const { ranked } = rankShapes({ entries: [t3], evaluation, priceOf: own, within: 4 });
    const { billed, peak } = replay(1);
    expect(ranked[0]?.candidate.usdPerInstanceHour).toBeCloseTo(own(t3, billed), 9);
    expect(own(t3, billed)).toBeGreaterThan(own(t3, peak));
    expect(own(t3, peak)).toBe(0.0832);
  });

  it('zone headroom: surviving the loss of one of three zones takes half as much again', () => {
    const safe = replayOf({ demand: minutes, world, target: 0.6, zonesAtRisk: 3 })(1);
    expect(safe.billed / replay(1).billed).toBeCloseTo(1.5, 1);
  });

  it('a type whose memory would run out before its CPU is busy does not fit', () => {
    const tight = historyOf(cpu, { memory: Float64Array.from(cpu, () => 6.5) });
    const blind = replayedEvaluation({ history: tight, present: typeOf(), lossFactor: 30, context, replay });
    const choice = chooseShape({ ...question, demands: { ...demands, history: tight }, evaluation: blind });
    const faster = choice.rejected.find(({ type }) => type === 'm7g.large');
    expect(faster?.excuse).toMatchObject({ code: 'does-not-fit', bottleneck: 'memory' });
    expect(rejectionSentence(faster!)).toContain('memory would run out');
  });
});
