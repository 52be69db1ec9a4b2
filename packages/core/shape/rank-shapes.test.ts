import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PricedEntry } from './candidate.ts';
import { expectedCost } from './cost/expected-cost.ts';
import { hindsightCost, knownLoad } from './cost/hindsight-cost.ts';
import { hindsightEvaluation, staticEvaluation, survivorsOf } from './cost/static-evaluation.ts';
import { futuresOf } from './futures.ts';
import { rankShapes } from './rank-shapes.ts';
import { DEFAULT_SHAPE_RULES } from './shape-rules.ts';
import { entryOf, historyOf } from './testing.ts';

fc.configureGlobal({ seed: 20_261_123 });

const priceOf = ({ price }: PricedEntry): number => price.usdPerHour;
const context = { rules: DEFAULT_SHAPE_RULES, measuredAt: 4 };
const cpuLoads = fc.array(fc.double({ min: 0.1, max: 40, noNaN: true }), { minLength: 14, maxLength: 60 });
const lossFactors = fc.constantFrom(3, 10, 30, 100);
const someEntries = fc.uniqueArray(
  fc.record({
    name: fc.integer({ min: 1, max: 99 }).map((i) => `m5.x${i}`),
    vcpus: fc.constantFrom(1, 2, 4, 8),
    usd: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 8 },
);

describe('ranking', () => {
  it('a strictly cheaper type that holds the same ranks ahead', () => {
    fc.assert(
      fc.property(
        cpuLoads,
        lossFactors,
        fc.double({ min: 0.5, max: 0.99, noNaN: true }),
        (cpu, lossFactor, cut) => {
          const entries = [entryOf({ name: 'a' }, 0.1), entryOf({ name: 'b' }, 0.1 * cut)];
          const evaluation = staticEvaluation({ history: historyOf(cpu), lossFactor, context });
          const { ranked } = rankShapes({ entries, evaluation, priceOf, within: 3 });
          expect(ranked.map(({ candidate }) => candidate.entry.type.name)).toEqual(['b', 'a']);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('the order of the entries changes nothing, and every entry is ranked or outranked', () => {
    fc.assert(
      fc.property(cpuLoads, someEntries, (cpu, records) => {
        const entries = records.map(({ name, vcpus, usd }) => entryOf({ name, vcpus }, usd));
        const rank = (list: readonly PricedEntry[]) =>
          rankShapes({
            entries: list,
            evaluation: staticEvaluation({ history: historyOf(cpu), lossFactor: 30, context }),
            priceOf,
            within: 1.5,
          });
        const { ranked, outranked } = rank(entries);
        expect(rank(entries.toReversed()).ranked).toEqual(ranked);
        expect(ranked.length + outranked.length).toBe(entries.length);
        const worst = ranked.at(-1)!.cost.riskAdjustedUsd;
        for (const { atLeastUsd } of outranked) expect(atLeastUsd).toBeGreaterThan(worst * 0.999999);
      }),
      { numRuns: 40 },
    );
  });

  it('the best is the best of every type and count tried one by one', () => {
    fc.assert(
      fc.property(cpuLoads, someEntries, lossFactors, (cpu, records, lossFactor) => {
        const entries = records.map(({ name, vcpus, usd }) => entryOf({ name, vcpus }, usd));
        const known = knownLoad(historyOf(cpu), DEFAULT_SHAPE_RULES);
        const costOf = hindsightCost(known, lossFactor);
        const [best] = rankShapes({
          entries,
          evaluation: hindsightEvaluation(known, lossFactor),
          priceOf,
          within: 1,
        }).ranked;
        const all = entries.flatMap((entry) =>
          Array.from(
            { length: 80 },
            (_, i) => costOf({ entry, count: i + 2, usdPerInstanceHour: priceOf(entry) }).riskAdjustedUsd,
          ),
        );
        expect(best!.cost.riskAdjustedUsd).toBeCloseTo(Math.min(...all), 9);
      }),
      { numRuns: 25 },
    );
  });

  it('of equal costs the one with more, smaller instances ranks ahead', () => {
    const entries = [
      entryOf({ name: 'm5.xlarge', vcpus: 4 }, 0.2),
      entryOf({ name: 'm5.large', vcpus: 2 }, 0.1),
    ];
    const known = knownLoad(historyOf([5.6]), DEFAULT_SHAPE_RULES);
    const { ranked } = rankShapes({
      entries,
      evaluation: hindsightEvaluation(known, 30),
      priceOf,
      within: 2,
    });
    expect(ranked.map(({ candidate }) => [candidate.count, candidate.entry.type.name])).toEqual([
      [4, 'm5.large'],
      [2, 'm5.xlarge'],
    ]);
  });
});

describe('capacity follows need', () => {
  it('more load, by a thousandth or more, never gives fewer of a type', () => {
    fc.assert(
      fc.property(
        cpuLoads,
        lossFactors,
        fc.double({ min: 1.001, max: 4, noNaN: true }),
        (cpu, lossFactor, factor) => {
          const countFor = (load: readonly number[]): number => {
            const known = knownLoad(historyOf(load), DEFAULT_SHAPE_RULES);
            const evaluation = hindsightEvaluation(known, lossFactor);
            return rankShapes({ entries: [entryOf()], evaluation, priceOf, within: 1 }).ranked[0]!.candidate
              .count;
          };
          expect(countFor(cpu.map((value) => value * factor))).toBeGreaterThanOrEqual(countFor(cpu));
        },
      ),
    );
  });

  it('no candidate costs less under more load, by hindsight or by expectation', () => {
    fc.assert(
      fc.property(
        cpuLoads,
        fc.integer({ min: 2, max: 30 }),
        fc.double({ min: 1, max: 4, noNaN: true }),
        (cpu, count, factor) => {
          const candidate = { entry: entryOf(), count, usdPerInstanceHour: 0.096 };
          const more = cpu.map((value) => value * factor);
          const hindsight = (load: readonly number[]): number =>
            hindsightCost(knownLoad(historyOf(load), DEFAULT_SHAPE_RULES), 30)(candidate).riskAdjustedUsd;
          const expected = (load: readonly number[]): number =>
            expectedCost(futuresOf(historyOf(load), 30), 30, context)(candidate).riskAdjustedUsd;
          expect(hindsight(more)).toBeGreaterThanOrEqual(hindsight(cpu) - 1e-9);
          expect(expected(more)).toBeGreaterThanOrEqual(expected(cpu) * (1 - 1e-9));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('a history whose level wanders gets more capacity than a steady one with the same samples', () => {
    const samples = Array.from({ length: 280 }, (_, i) => 8 + (i % 10) * 0.5);
    const countFor = (cpu: readonly number[]): number => {
      const evaluation = staticEvaluation({ history: historyOf(cpu), lossFactor: 30, context });
      const entries = [entryOf({ vcpus: 1 }, 0.05)];
      return rankShapes({ entries, evaluation, priceOf, within: 1 }).ranked[0]!.candidate.count;
    };
    expect(countFor(samples.toSorted((a, b) => a - b))).toBeGreaterThan(countFor(samples));
  });

  it('memory that does not fit more instances is paid for by larger ones', () => {
    const history = historyOf(Array(28).fill(0.5), { memory: Float64Array.from(Array(28).fill(6)) });
    const entries = [
      entryOf({ name: 'small', memoryGiB: 4 }, 0.05),
      entryOf({ name: 'large', memoryGiB: 16 }, 0.2),
    ];
    const evaluation = staticEvaluation({ history, lossFactor: 30, context });
    const { ranked } = rankShapes({ entries, evaluation, priceOf, within: 2 });
    expect(ranked.map(({ candidate }) => candidate.entry.type.name)).toEqual(['large']);
  });

  it('zone headroom: what is left without the fullest zone holds the load', () => {
    expect([2, 3, 4, 7].map((count) => survivorsOf(count, 3))).toEqual([1, 2, 2, 4]);
    expect(survivorsOf(5, 1)).toBe(5);
    const history = historyOf(Array(280).fill(5.6));
    const countWith = (zonesAtRisk: number): number => {
      const evaluation = staticEvaluation({ history, lossFactor: 100, context, zonesAtRisk });
      return rankShapes({ entries: [entryOf()], evaluation, priceOf, within: 1 }).ranked[0]!.candidate.count;
    };
    expect(survivorsOf(countWith(3), 3)).toBeGreaterThanOrEqual(countWith(0));
  });
});
