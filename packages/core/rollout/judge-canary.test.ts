import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CanaryMeasurement, DEFAULT_CANARY_TEST, judgeCanary } from './judge-canary.ts';
import { studentQuantile, studentT } from './student-t.ts';

/** A reproducible standard normal (Box-Muller on a linear congruential generator). */
function normals(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) uniform();
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function measurement(options: {
  seed: number;
  old?: number;
  fresh?: number;
  factor: number;
  intervals?: number;
  between?: number;
}): CanaryMeasurement {
  const { seed, old = 12, fresh = 2, factor, intervals = 60, between = 0.015 } = options;
  const normal = normals(seed);
  const series = (speed: number): Float64Array => {
    const own = between * normal();
    return Float64Array.from(
      { length: intervals },
      (_, t) => (2 * (0.4 + 0.2 * Math.sin(t / 9)) * Math.exp(own + 0.04 * normal())) / speed,
    );
  };
  return {
    old: Array.from({ length: old }, () => series(1)),
    fresh: Array.from({ length: fresh }, () => series(factor)),
    vcpus: { old: 2, fresh: 2 },
    promised: 1.2,
  };
}

const shareOf = (verdict: string, factor: number, runs = 400): number => {
  let count = 0;
  for (let seed = 1; seed <= runs; seed++) {
    if (judgeCanary(measurement({ seed, factor })).verdict === verdict) count += 1;
  }
  return count / runs;
};

describe("Student's t", () => {
  it.each([
    [0.975, 2, 4.30265],
    [0.975, 10, 2.22814],
    [0.99375, 12, 2.9345],
    [0.95, 1, 6.31375],
    [0.995, 100, 2.62589],
  ])('quantile %d with %d degrees of freedom is %d, as in tables', (p, degrees, t) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(t, 3);
  });

  it('is symmetric and rises', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (t, degrees) => {
          expect(studentT(t, degrees) + studentT(-t, degrees)).toBeCloseTo(1, 9);
          expect(studentT(t + 0.5, degrees)).toBeGreaterThanOrEqual(studentT(t, degrees));
        },
      ),
    );
  });
});

describe('a canary', () => {
  it('that keeps its promise is the same, one 20 % under it is worse, one 20 % over it better', () => {
    expect(shareOf('same', 1.2)).toBeGreaterThan(0.9);
    expect(shareOf('worse', 0.96)).toBeGreaterThan(0.95);
    expect(shareOf('better', 1.44)).toBeGreaterThan(0.95);
  });

  it('that does exactly as little as is still allowed is let through at most as often as the stated error says', () => {
    const limit = 1.2 * (1 - DEFAULT_CANARY_TEST.margin);
    const through = shareOf('same', limit) + shareOf('better', limit);
    expect(through).toBeLessThanOrEqual(DEFAULT_CANARY_TEST.error);
    expect(shareOf('worse', limit)).toBeLessThanOrEqual(DEFAULT_CANARY_TEST.error);
  });

  it('looked at four times is let through wrongly no more often than once looked at is allowed', () => {
    const limit = 1.2 * (1 - DEFAULT_CANARY_TEST.margin);
    let wrong = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const all = measurement({ seed, factor: limit * 0.999, intervals: 120 });
      const upTo = (length: number) => ({
        ...all,
        old: all.old.map((each) => (each as Float64Array).subarray(0, length)),
        fresh: all.fresh.map((each) => (each as Float64Array).subarray(0, length)),
      });
      const verdicts = [30, 60, 90, 120].map((length) => judgeCanary(upTo(length)).verdict);
      if (verdicts.some((verdict) => verdict === 'same' || verdict === 'better')) wrong += 1;
    }
    expect(wrong / 400).toBeLessThanOrEqual(DEFAULT_CANARY_TEST.error);
  });

  it.each([
    ['too few intervals', measurement({ seed: 1, factor: 1.2, intervals: 6 })],
    ['no old instance left', { ...measurement({ seed: 1, factor: 1.2 }), old: [] }],
    ['no new instance yet', { ...measurement({ seed: 1, factor: 1.2 }), fresh: [] }],
    ['instances too unequal', measurement({ seed: 1, factor: 1.2, old: 3, fresh: 1, between: 0.1 })],
    [
      'gaps everywhere',
      { ...measurement({ seed: 1, factor: 1.2 }), fresh: [new Float64Array(60).fill(Number.NaN)] },
    ],
    ['nothing to do', { ...measurement({ seed: 1, factor: 1.2 }), fresh: [new Float64Array(60).fill(0.01)] }],
    ['full instances', { ...measurement({ seed: 1, factor: 1.2 }), fresh: [new Float64Array(60).fill(2)] }],
  ])('is undecided with %s', (_, given) => {
    expect(judgeCanary(given).verdict).toBe('undecided');
  });

  it('does not depend on the load: the same at any level of it', () => {
    const given = measurement({ seed: 5, factor: 1.3 });
    const louder = (series: ArrayLike<number>) => Float64Array.from(series, (value) => value * 1.3);
    const factor = judgeCanary(given).factor!;
    const scaled = judgeCanary({ ...given, old: given.old.map(louder), fresh: given.fresh.map(louder) })
      .factor!;
    expect(scaled.estimate).toBeCloseTo(factor.estimate, 9);
  });
});
