import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalLevel, levelDrift } from './level-drift.ts';
import { createLoadCurve, meanBreach, meanExcess, shareAbove } from './load-curve.ts';

fc.configureGlobal({ seed: 20_261_123 });

const loads = fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 60 });
const limits = fc.double({ min: 0.01, max: 2e3, noNaN: true });

describe('a load curve', () => {
  it('says of any limit what counting sample by sample says', () => {
    fc.assert(
      fc.property(loads, limits, (load, limit) => {
        const curve = createLoadCurve(load);
        const excess = load.reduce((sum, value) => sum + Math.max(0, value / limit - 1), 0) / load.length;
        expect(meanExcess(curve, limit)).toBeCloseTo(excess, 6);
        expect(shareAbove(curve, limit)).toBe(load.filter((value) => value > limit).length / load.length);
      }),
    );
  });

  it('falls as the limit rises', () => {
    fc.assert(
      fc.property(loads, limits, limits, (load, a, b) => {
        const curve = createLoadCurve(load);
        for (const breach of ['slowdown', 'outage'] as const) {
          const [low, high] = [Math.min(a, b), Math.max(a, b)].map((limit) =>
            meanBreach(curve, limit, breach),
          );
          expect(high).toBeLessThanOrEqual(low! + 1e-9);
        }
      }),
    );
  });

  it('is infinite over no capacity at all, and an outage of 1 over no memory', () => {
    const curve = createLoadCurve([0, 1]);
    expect(meanExcess(curve, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(meanBreach(curve, -0.5, 'outage')).toBe(1);
    expect(meanExcess(createLoadCurve([0, 0]), 0)).toBe(0);
    expect(meanBreach(curve, Number.NaN, 'slowdown')).toBe(Number.POSITIVE_INFINITY);
    expect(meanBreach(curve, Number.NaN, 'outage')).toBe(1);
  });
});

describe('the critical level', () => {
  const costs = {
    slowdown: (load: readonly number[], level: number, lossFactor: number) =>
      level + (lossFactor * load.reduce((sum, value) => sum + Math.max(0, value - level), 0)) / load.length,
    outage: (load: readonly number[], level: number, lossFactor: number) =>
      level * (1 + (lossFactor * load.filter((value) => value > level).length) / load.length),
  };

  it.each(['slowdown', 'outage'] as const)(
    'of a %s: no sample of the load would be a cheaper limit',
    (breach) => {
      const positive = fc.array(fc.double({ min: 1, max: 20, noNaN: true }), { minLength: 1, maxLength: 60 });
      fc.assert(
        fc.property(positive, fc.constantFrom(3, 10, 30, 100), (load, lossFactor) => {
          const level = criticalLevel(Float64Array.from(load), breach, lossFactor);
          const cheapest = Math.min(...load.map((each) => costs[breach](load, each, lossFactor)));
          expect(costs[breach](load, level, lossFactor)).toBeLessThanOrEqual(cheapest + 1e-9);
        }),
      );
    },
  );
});

describe('level drift', () => {
  const model = { cuts: [4, 7], mostPerPair: 0.3, least: 0.01, distance: 1 };
  const driftOf = (load: readonly number[], breach: 'slowdown' | 'outage' = 'slowdown'): number =>
    levelDrift(Float64Array.from(load), { breach, lossFactor: 30, model });

  it('of a load that repeats itself is the least there is', () => {
    const daily = Array.from({ length: 28 * 24 }, (_, hour) => 2 + Math.sin((hour / 24) * 2 * Math.PI));
    expect(driftOf(daily)).toBeCloseTo(0.01, 3);
    expect(driftOf(daily, 'outage')).toBeCloseTo(0.01, 3);
  });

  it('grows with how far the level wanders, up to what one pair may say', () => {
    const stepOf = (factor: number): number =>
      driftOf(Array.from({ length: 280 }, (_, i) => (i < 140 ? 1 : factor)));
    expect(stepOf(1.1)).toBeGreaterThan(stepOf(1.02));
    expect(stepOf(1.3)).toBeGreaterThan(stepOf(1.1));
    expect(stepOf(100)).toBeLessThanOrEqual(Math.hypot(0.3, 0.01));
  });

  it('of a level that wanders off is more than of one that jumps about as far', () => {
    const ramp = Array.from({ length: 280 }, (_, i) => Math.exp(0.1 * (i / 280)));
    const shuffled = Array.from(
      { length: 280 },
      (_, i) => ramp[(Math.floor(i / 10) * 110 + (i % 10)) % 280]!,
    );
    expect(driftOf(ramp)).toBeGreaterThan(1.2 * driftOf(shuffled));
  });

  it('does not depend on the unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 50, noNaN: true }), { minLength: 14, maxLength: 80 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (load, unit) => {
          expect(driftOf(load.map((value) => value * unit))).toBeCloseTo(driftOf(load), 6);
        },
      ),
    );
  });

  it('of a history too short to be cut is the least there is', () => {
    expect(driftOf([1, 5, 2])).toBe(0.01);
  });
});
