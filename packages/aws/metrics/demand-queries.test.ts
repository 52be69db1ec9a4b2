import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from './demand-queries.ts';

const DAY = 1440;
/** Not on any grid. */
const NOW = (20_000 * DAY + 613) as Minute;
const ago = (days: number) => (NOW - days * DAY) as Minute;

describe('segmentsOf', () => {
  it('asks for the last hour in one piece at the finest period', () => {
    const from = (NOW - 60) as Minute;
    expect(segmentsOf({ from, to: NOW, now: NOW, finest: 1 })).toEqual([{ from, to: NOW, period: 1 }]);
    expect(segmentsOf({ from, to: NOW, now: NOW, finest: 5 })).toEqual([
      { from: NOW - 60 - 3, to: NOW + 2, period: 5 },
    ]);
  });

  it.each([
    [14, 1, [1]],
    [15, 1, [5, 1]],
    [70, 1, [60, 5, 1]],
    [70, 5, [60, 5]],
    [500, 1, [60, 5, 1]],
  ] as const)('%i days back with %i-minute metrics: periods %j', (days, finest, periods) => {
    const segments = segmentsOf({ from: ago(days), to: NOW, now: NOW, finest });
    expect(segments.map((segment) => segment.period)).toEqual(periods);
  });

  it('leaves no minute out and asks for none twice, on the grid of each period and inside its retention', () => {
    const segments = segmentsOf({ from: ago(400), to: NOW, now: NOW, finest: 1 });
    for (const [index, { from, to, period }] of segments.entries()) {
      expect([from % period, to % period]).toEqual([0, 0]);
      if (index > 0) expect(from).toBe(segments[index - 1]?.to);
      expect(from).toBeGreaterThan(ago({ 1: 15, 5: 63, 60: 455 }[period] ?? 0) - period);
    }
    expect(segments[0]?.from).toBeLessThanOrEqual(ago(400));
    expect(segments.at(-1)?.to).toBe(NOW);
  });
});
