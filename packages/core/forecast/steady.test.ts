import { expect, test } from 'vitest';
import type { Minute } from '../quantities.ts';
import { type Past, QUANTILES } from './forecaster.ts';
import { steadyForecaster } from './steady.ts';

const nothing = new Float64Array(0);
const past = (days: number, cameAt: (tick: number) => number): Past => ({
  values: nothing,
  start: 0 as Minute,
  days,
  lead: 8,
  came: Float64Array.from({ length: days * 288 + 288 }, (_, tick) => cameAt(tick)),
  servable: nothing,
  centres: nothing,
  rows: new Float32Array(0),
});
const window = { values: nothing, start: 0 as Minute, end: 0, now: 0 as Minute, lead: 8 };
function saidAfter(days: number, cameAt: (tick: number) => number): readonly number[] {
  const out = new Float64Array(QUANTILES.length);
  steadyForecaster.forecast(steadyForecaster.learn(past(days, cameAt), {}), window, out);
  return Array.from(out);
}

test('rare bursts stand in the high quantiles, whatever the time', () => {
  const said = saidAfter(14, (tick) => (tick % 37 === 0 ? 30 : 2));
  expect(said[QUANTILES.indexOf(0.95)]).toBe(2);
  expect(said[QUANTILES.indexOf(0.98)]).toBe(30);
});

test('only the last 14 days count, and of them what is known', () => {
  expect(saidAfter(20, (tick) => (tick < 6 * 288 ? 50 : 3))).toEqual(QUANTILES.map(() => 3));
  expect(saidAfter(2, (tick) => (tick < 570 ? 4 : Number.NaN))).toEqual(QUANTILES.map(() => 4));
  expect(saidAfter(1, () => Number.NaN)).toEqual(QUANTILES.map(() => 0));
});
