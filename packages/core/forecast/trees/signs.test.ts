import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Minute } from '../../quantities.ts';
import type { Window } from '../window.ts';
import { demandOf, LEVEL_SIGN, logOf, readSigns, SIGNS } from './signs.ts';

const NOW = 3 * 1440 + 600;
const NEWEST = NOW - 2;
const demandAt = (m: number) => 12 + 8 * Math.sin((m * Math.PI) / 720) + ((m * 7919) % 101) / 20;
const windowOf = (values: Float64Array, start = 0): Window => ({
  values,
  start: start as Minute,
  end: NEWEST + 1 - start,
  now: NOW as Minute,
  lead: 8,
});
const whole = Float64Array.from({ length: NOW + 100 }, (_, m) => demandAt(m));

function signsOf(window: Window): Float32Array {
  const row = new Float32Array(SIGNS).fill(Number.NaN);
  readSigns(window, row);
  return row;
}

test('every sign is written, and the first is the level', () => {
  const row = signsOf(windowOf(whole));
  expect(row.every((value) => Number.isFinite(value))).toBe(true);
  const newest = [demandAt(NEWEST), demandAt(NEWEST - 1), demandAt(NEWEST - 2)];
  expect(row[LEVEL_SIGN]).toBeCloseTo(logOf((newest[0]! + newest[1]! + newest[2]!) / 3), 3);
  expect(demandOf(logOf(7))).toBeCloseTo(7, 9);
});

test('only what a tick reads counts: nothing older than 24 hours, nothing newer than the newest', () => {
  const expected = signsOf(windowOf(whole));
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (other) => {
      const changed = whole
        .slice()
        .fill(other, 0, NOW - 1440)
        .fill(other, NEWEST + 1);
      expect(signsOf(windowOf(changed))).toEqual(expected);
    }),
  );
  const start = NOW - 1440;
  expect(signsOf(windowOf(whole.subarray(start), start))).toEqual(expected);
});

test('twice the demand changes no sign but the level', () => {
  const twice = signsOf(windowOf(whole.map((value) => 2 * value)));
  const once = signsOf(windowOf(whole));
  expect(twice[LEVEL_SIGN]! - once[LEVEL_SIGN]!).toBeCloseTo(100 * Math.log(2), 2);
  for (let i = 1; i < SIGNS; i++) expect(twice[i]).toBeCloseTo(once[i]!, 2);
});

test('an empty window and a very short one give numbers', () => {
  for (const end of [0, 1, 2]) {
    const window = { ...windowOf(whole.subarray(NOW - 5), NOW - 5), end };
    expect(signsOf(window).every((value) => Number.isFinite(value))).toBe(true);
  }
});
