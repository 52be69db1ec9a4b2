import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { belowBand, lowestByHour, servedBelowBand } from './band.ts';

const DAY = 1440;
/** Two weeks between 10 at midnight and 20 at noon. */
const history = Float64Array.from({ length: 14 * DAY }, (_, m) => 15 - 5 * Math.cos((2 * Math.PI * m) / DAY));
const learnedAt = (100 * DAY) as Minute;
const at = (hour: number, level: number) => ({
  start: (learnedAt + hour * 60) as Minute,
  values: new Float64Array(15).fill(level),
});

describe('the band of demand', () => {
  const lowest = lowestByHour(history);

  it('knows the lowest demand of each hour', () => {
    expect(lowest).toHaveLength(24);
    expect(lowest[0]).toBeCloseTo(10, 1);
    expect(lowest[12]).toBeCloseTo(20, 0);
  });

  it('S6: demand below half the lowest around this time of day is an anomaly, with both numbers', () => {
    expect(belowBand(at(12, 8), lowest, learnedAt)).toMatchObject({
      code: 'anomaly',
      bottleneck: 'demand',
      facts: { value: 8, usual: expect.closeTo(19.6, 0) },
    });
  });

  it.each([
    ['the same level by night', at(0, 8)],
    ['a quiet noon', at(12, 11)],
    ['no datapoints', at(12, Number.NaN)],
  ])('%s is inside', (_, demand) => {
    expect(belowBand(demand, lowest, learnedAt)).toBeUndefined();
  });

  it('a workload that sleeps at this hour cannot fall out of its band, nor can one whose band is not known', () => {
    expect(belowBand(at(12, 0), lowestByHour(new Float64Array(DAY)), learnedAt)).toBeUndefined();
    expect(belowBand(at(12, 0), [], learnedAt)).toBeUndefined();
  });

  it('S6: below the band the lowest of the hours within the lead is served all the same, inside it nothing is', () => {
    const profile = { lowest, learnedAt, lead: 90 };
    expect(servedBelowBand(at(10, 0), profile)).toBe(lowest[11]);
    expect(servedBelowBand(at(22, 0), profile)).toBe(lowest[22]);
    expect(servedBelowBand(at(12, 11), profile)).toBe(0);
    expect(servedBelowBand(at(12, 0), { ...profile, lowest: [] })).toBe(0);
    expect(servedBelowBand(at(12, 0), { learnedAt, lead: 90 })).toBe(0);
  });
});
