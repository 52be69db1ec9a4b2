import { describe, expect, it } from 'vitest';
import { quantile } from '../demand/quantile.ts';
import { DEFAULT_FUTURE_MODEL, futuresOf } from './futures.ts';
import { historyOf } from './testing.ts';

const wandering = Array.from({ length: 280 }, (_, i) => 1 + 0.2 * Math.floor(i / 70));

describe('plausible futures', () => {
  it('are the same for the same history', () => {
    const history = historyOf(wandering, { memory: Float64Array.from(wandering) });
    expect(futuresOf(history, 30)).toEqual(futuresOf(history, 30));
  });

  it('centre on the history and reach as far as it wandered', () => {
    const [cpu] = futuresOf(historyOf(wandering), 30, {
      ...DEFAULT_FUTURE_MODEL,
      count: 2048,
      jumpShare: 0,
    }).loads;
    const logs = cpu!.factors.map(Math.log);
    expect(quantile(logs, 0.5)).toBeCloseTo(0, 2);
    const spread = Math.sqrt(logs.reduce((sum, value) => sum + value * value, 0) / logs.length);
    expect(spread / cpu!.drift).toBeCloseTo(1, 1);
  });

  it('hold the share of jumps, upwards only, and of the mean size', () => {
    const model = { ...DEFAULT_FUTURE_MODEL, count: 4096, jumpShare: 0.25 };
    const [cpu] = futuresOf(historyOf(Array(280).fill(1)), 30, model).loads;
    const jumps = cpu!.factors.filter((factor) => factor > 1.06).map(Math.log);
    expect(jumps.length / 4096).toBeCloseTo(0.25 * Math.exp(-Math.log(1.06) / 0.3), 2);
    expect(jumps.reduce((sum, size) => sum + size, 0) / jumps.length).toBeCloseTo(0.3 + Math.log(1.06), 1);
    expect(Math.min(...cpu!.factors)).toBeGreaterThan(0.95);
  });

  it('leave out what was not measured, and are independent between dimensions', () => {
    const series = Float64Array.from(wandering);
    const futures = futuresOf(historyOf(wandering, { memory: series }), 30, {
      ...DEFAULT_FUTURE_MODEL,
      jumpShare: 0,
    });
    expect(futures.loads.map(({ dimension }) => dimension)).toEqual(['cpu', 'memory']);
    const [a, b] = futures.loads.map(({ factors }) => factors.map(Math.log));
    const products = a!.map((value, i) => value * b![i]!);
    const correlation = products.reduce((sum, value) => sum + value, 0) / (64 * futures.loads[0]!.drift ** 2);
    expect(Math.abs(correlation)).toBeLessThan(0.15);
  });
});
