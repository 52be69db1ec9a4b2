import { MINUTES_PER_DAY, MINUTES_PER_WEEK, type Minute, minute } from '@evenkeel/core/quantities';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chance } from '../random.ts';
import {
  batch,
  daily,
  flashCrowd,
  growth,
  noise,
  product,
  renderDemand,
  steady,
  sum,
  trace,
  weekly,
} from './index.ts';

const anyMinute = fc.integer({ min: -5_000_000, max: 50_000_000 }).map(minute);
/** 2026-01-05, a Monday, 00:00 UTC. */
const monday = minute(Date.UTC(2026, 0, 5) / 60_000);
const plus = (at: Minute, minutes: number): Minute => minute(at + minutes);

describe('daily', () => {
  const shape = daily({ low: 4, high: 20, peakHour: 14, sharpness: 2 });

  it('repeats every day and stays between low and high', () => {
    fc.assert(
      fc.property(anyMinute, (at) => {
        expect(shape(plus(at, MINUTES_PER_DAY))).toBeCloseTo(shape(at), 6);
        expect(shape(at)).toBeGreaterThanOrEqual(4);
        expect(shape(at)).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('is highest at the peak hour and lowest twelve hours later', () => {
    expect(shape(plus(monday, 14 * 60))).toBeCloseTo(20, 9);
    expect(shape(plus(monday, 2 * 60))).toBeCloseTo(4, 9);
  });
});

describe('weekly', () => {
  const shape = weekly([1, 2, 3, 4, 5, 6, 7]);

  it('gives Monday the first factor and Sunday the last', () => {
    const noons = [0, 1, 2, 3, 4, 5, 6].map((day) => shape(plus(monday, day * MINUTES_PER_DAY + 720)));
    expect(noons).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('repeats every week and never jumps by more than its steepest blend', () => {
    fc.assert(
      fc.property(anyMinute, (at) => {
        expect(shape(plus(at, MINUTES_PER_WEEK))).toBe(shape(at));
        expect(Math.abs(shape(plus(at, 1)) - shape(at))).toBeLessThanOrEqual(6 / 180 + 1e-9);
      }),
    );
  });
});

describe('growth', () => {
  it('multiplies by the same factor every week, from 1 at its beginning', () => {
    const shape = growth(0.1, monday);
    expect(shape(monday)).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (offset) => {
        const at = plus(monday, offset);
        expect(shape(plus(at, MINUTES_PER_WEEK)) / shape(at)).toBeCloseTo(1.1, 9);
      }),
    );
  });

  it('refuses to shrink by everything', () => {
    expect(() => growth(-1, monday)).toThrow(RangeError);
  });
});

describe('flashCrowd', () => {
  const shape = flashCrowd({ at: monday, height: 30, rise: 10, halfLife: 60 });

  it('is nothing before, at its height after the rise, and halves every half-life from there', () => {
    expect(shape(plus(monday, -1))).toBe(0);
    expect(shape(plus(monday, 5))).toBe(15);
    expect(shape(plus(monday, 10))).toBe(30);
    expect(shape(plus(monday, 70))).toBeCloseTo(15, 9);
    expect(shape(plus(monday, 130))).toBeCloseTo(7.5, 9);
  });
});

describe('batch', () => {
  it('is on for its duration each day at its hour and off otherwise, from one minute to the next', () => {
    const shape = batch({ units: 12, startHour: 2.5, duration: 90 });
    const day = renderDemand(shape, monday, plus(monday, MINUTES_PER_DAY));
    expect(day.filter((units) => units === 12)).toHaveLength(90);
    expect(day.filter((units) => units === 0)).toHaveLength(MINUTES_PER_DAY - 90);
    expect([day[149], day[150], day[239], day[240]]).toEqual([0, 12, 12, 0]);
  });

  it('refuses a duration longer than its period', () => {
    expect(() => batch({ units: 1, startHour: 0, duration: 61, every: 60 })).toThrow(RangeError);
  });
});

describe('noise', () => {
  const options = { chance: chance(5, 'noise'), sd: 0.1, correlation: 0.75 };

  it('has mean 1, the given deviation of the logarithm and the given correlation with the next minute', () => {
    const logs = renderDemand(noise(options), monday, plus(monday, 30 * MINUTES_PER_DAY)).map(Math.log);
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
    const variance = logs.reduce((a, b) => a + (b - mean) ** 2, 0) / logs.length;
    const lagged = logs.slice(1).reduce((a, b, i) => a + (b - mean) * (logs[i]! - mean), 0) / logs.length;
    expect(mean).toBeCloseTo(-0.005, 2);
    expect(Math.sqrt(variance)).toBeCloseTo(0.1, 2);
    expect(lagged / variance).toBeCloseTo(0.75, 2);
  });

  it('gives a minute the same value whatever was asked before', () => {
    const ordered = noise(options);
    const jumping = noise(options);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (offset) => {
        jumping(plus(monday, 40_000 - offset));
        expect(jumping(plus(monday, offset))).toBe(ordered(plus(monday, offset)));
      }),
      { numRuns: 30 },
    );
  });

  it('refuses a correlation of 1', () => {
    expect(() => noise({ ...options, correlation: 1 })).toThrow(RangeError);
  });
});

describe('composition', () => {
  it('adds, multiplies, and cuts at nothing', () => {
    const shape = sum(steady(3), product(steady(2), growth(0, monday)), steady(-1));
    expect(shape(monday)).toBe(4);
    expect([...renderDemand(steady(-2), monday, plus(monday, 2))]).toEqual([0, 0]);
  });

  it('plays a trace minute by minute and holds its ends', () => {
    const shape = trace(Float64Array.of(1, 2, 3), monday);
    expect([-1, 0, 1, 2, 3].map((offset) => shape(plus(monday, offset)))).toEqual([1, 1, 2, 3, 3]);
    expect(() => trace(new Float64Array(0), monday)).toThrow(RangeError);
  });
});
