import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replay } from './kernel.ts';
import { roughen } from './rough.ts';
import { oracleBill, score, tally } from './scores.ts';
import { prepareTrace } from './trace.ts';
import { track } from './track.ts';
import { createWorld } from './world.ts';

const rows = (count: number, every: number, value: (row: number) => number) => ({
  minutes: Array.from({ length: count }, (_, row) => row * every),
  values: Array.from({ length: count }, (_, row) => value(row)),
});

test('rows are brought to minutes by straight lines and the last partial day is dropped', () => {
  const trace = prepareTrace(rows(2 * 24 + 2, 60, (row) => row % 2));
  expect(trace.days).toBe(2);
  expect(trace.demand.length).toBe(2880);
  expect(trace.historyDays).toBe(1);
  expect(trace.rowMinutes).toBe(60);
  expect(trace.demand[30]! / trace.demand[60]!).toBeCloseTo(0.5);
});

test('28 days of 5-minute rows give 27: a row is a point and does not last its interval', () => {
  expect(prepareTrace(rows(28 * 288, 5, () => 1)).days).toBe(27);
});

test('at most 70 days are kept, 14 of them history, and the peak is 40 instances at 70 %', () => {
  const trace = prepareTrace(rows(80 * 24, 60, () => 5));
  expect([trace.days, trace.historyDays]).toEqual([70, 14]);
  expect(trace.demand[0]).toBe(28);
});

test('too short and all-zero traces are refused by name of the fault', () => {
  expect(() => prepareTrace(rows(20, 60, () => 1))).toThrow(/two whole days/);
  expect(() => prepareTrace(rows(80, 60, () => 0))).toThrow(/above 0/);
});

test('scaling a trace by a constant leaves R unchanged', () => {
  const world = createWorld();
  const cost = (factor: number) => {
    const { demand } = prepareTrace(rows(200, 60, (row) => factor * (5 + (row % 24) + ((row * 7) % 5))));
    const run = replay({ demand, world, policy: track(0.5) });
    const sums = tally(run, demand, 1440, demand.length);
    return score(sums, oracleBill(world, demand, 1440, demand.length), 30).riskAdjustedCost;
  };
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (factor) => {
      expect(cost(factor)).toBeCloseTo(cost(1), 6);
    }),
    { numRuns: 10 },
  );
});

test('roughness keeps the mean, has the deviation of its rows, and comes from the seed alone', () => {
  const trace = prepareTrace(rows(20 * 96, 15, () => 5));
  const rough = roughen(trace);
  const logs = rough.demand.map((value, m) => Math.log(value / trace.demand[m]!));
  const mean = logs.reduce((sum, e) => sum + e, 0) / logs.length;
  const sd = Math.sqrt(logs.reduce((sum, e) => sum + (e - mean) ** 2, 0) / logs.length);
  expect(sd).toBeCloseTo(0.09, 2);
  expect(roughen(trace).demand).toEqual(rough.demand);
  const perMinute = prepareTrace(rows(3000, 1, () => 5));
  expect(roughen(perMinute)).toBe(perMinute);
});
