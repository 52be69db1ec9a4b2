import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { inTodaysUnits, unitsSince } from './shape-units.ts';

const at = (minute: number) => minute as Minute;
const STEPS = [
  { rollout: 'a', at: at(100), ratio: 2 },
  { rollout: 'b', at: at(200), ratio: 1.5 },
];

describe('S22: numbers of before a change of shape', () => {
  it.each([
    [50, 3],
    [100, 1.5],
    [150, 1.5],
    [200, 1],
    [900, 1],
  ])('one instance of today is so many of minute %d: %d', (since, units) => {
    expect(unitsSince(STEPS, at(since))).toBe(units);
  });

  it('are one for one where the shape never changed', () => {
    expect(unitsSince(undefined, at(0))).toBe(1);
    expect([...inTodaysUnits(undefined, at(0), Float64Array.of(4, 5))]).toEqual([4, 5]);
  });

  it('demand is converted minute by minute, each by the changes that came after it', () => {
    const values = new Float64Array(300).fill(6);
    const converted = inTodaysUnits(STEPS, at(0), values);
    expect([
      converted[0],
      converted[99],
      converted[100],
      converted[199],
      converted[200],
      converted[299],
    ]).toEqual([2, 2, 4, 4, 6, 6]);
    expect([...inTodaysUnits(STEPS, at(198), new Float64Array(4).fill(6))]).toEqual([4, 4, 6, 6]);
  });
});
