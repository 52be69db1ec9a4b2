import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { demandReadingFrom, type ReadingRequest, type SegmentPoints } from './demand-reading.ts';

const NOW = 29_000_100 as Minute;
const FROM = (NOW - 20) as Minute;

interface Row {
  readonly at: number;
  readonly sum: number;
  readonly count: number;
  readonly size?: number;
}

/** A segment from rows, `at` in minutes before now. */
function segment(period: number, rows: readonly Row[]): SegmentPoints {
  const minutes = rows.map(({ at }) => (NOW - at) as Minute);
  const sized = rows.filter((row) => row.size !== undefined);
  return {
    period,
    sum: { minutes, values: rows.map((row) => row.sum) },
    count: { minutes, values: rows.map((row) => row.count) },
    inService: {
      minutes: sized.map(({ at }) => (NOW - at) as Minute),
      values: sized.map((row) => row.size ?? 0),
    },
  };
}

function read(segments: readonly SegmentPoints[], request: Partial<ReadingRequest> = {}) {
  return demandReadingFrom({ from: FROM, to: NOW, now: NOW, metricPeriod: 1, segments, ...request });
}

describe('demandReadingFrom', () => {
  it('takes the Sum of CPU over instances as demand, in instances fully busy', () => {
    const reading = read([segment(1, [{ at: 20, sum: 200, count: 4 }])]);
    expect([...reading.demand.values]).toEqual([2]);
    expect([...reading.inService]).toEqual([4]);
    expect(reading.demand.start).toBe(FROM);
  });

  it('S6: leaves NaN where a datapoint is missing, and ends with the newest one', () => {
    const rows = [20, 18, 17].map((at) => ({ at, sum: 100, count: 2 }));
    const { demand } = read([segment(1, rows)]);
    expect([...demand.values]).toEqual([1, Number.NaN, 1, 1]);
  });

  it.each([
    ['NaN', Number.NaN, 4],
    ['no sample', 100, 0],
    ['a negative sum', -5, 4],
  ])('takes %s for no datapoint, never for 0', (_, sum, count) => {
    const { demand } = read([
      segment(1, [
        { at: 20, sum, count },
        { at: 19, sum: 100, count: 2 },
      ]),
    ]);
    expect([...demand.values]).toEqual([Number.NaN, 1]);
  });

  it('keeps true zeros', () => {
    const { demand } = read([segment(1, [{ at: 20, sum: 0, count: 4 }])]);
    expect([...demand.values]).toEqual([0]);
  });

  it('spreads five-minute datapoints over their minutes', () => {
    const reading = read([segment(5, [{ at: 20, sum: 300, count: 6 }])], { metricPeriod: 5 });
    expect([...reading.demand.values]).toEqual([3, 3, 3, 3, 3]);
    expect(reading.periodMinutes).toBe(5);
  });

  it('divides by the samples of each instance where a period holds several: one-minute data of 20 days ago', () => {
    const { demand, inService } = read([segment(5, [{ at: 20, sum: 1500, count: 30 }])]);
    expect([demand.values[0], inService[0]]).toEqual([3, 6]);
    const hourly = read([segment(60, [{ at: 60, sum: 3600, count: 72 }])], { metricPeriod: 5, from: FROM });
    expect(hourly.demand.values.every((value) => value === 3)).toBe(true);
    expect(hourly.inService[0]).toBe(6);
  });

  it('takes a datapoint whose period is not over for not there yet', () => {
    const rows = [
      { at: 8, sum: 100, count: 2 },
      { at: 3, sum: 50, count: 1 },
    ];
    const { demand } = read([segment(5, rows)], { from: (NOW - 8) as Minute, metricPeriod: 5 });
    expect(demand.values).toHaveLength(5);
  });

  it('leaves fresh datapoints off that fewer instances reported to, not old ones', () => {
    const rows = [
      { at: 10, sum: 400, count: 8 },
      { at: 9, sum: 300, count: 6 },
      { at: 2, sum: 300, count: 6 },
      { at: 1, sum: 100, count: 2 },
    ];
    const { demand } = read([segment(1, rows)], { from: (NOW - 10) as Minute });
    expect(demand.values).toHaveLength(9);
    expect([demand.values[1], demand.values.at(-1)]).toEqual([3, 3]);
  });

  it.each<[string, Row, number, number]>([
    ['as many reporting as in service', { at: 20, sum: 400, count: 10, size: 10 }, 4, 10],
    ['one instance late', { at: 20, sum: 360, count: 9, size: 10 }, 3.6, 9],
    ['three silent are taken to be as busy as the rest', { at: 20, sum: 280, count: 7, size: 10 }, 4, 10],
    ['more reporting than in service: launches', { at: 20, sum: 480, count: 12, size: 10 }, 4.8, 12],
    [
      'less than half reporting says nothing',
      { at: 20, sum: 120, count: 4, size: 10 },
      Number.NaN,
      Number.NaN,
    ],
    ['group metrics say 0: not believed', { at: 20, sum: 120, count: 4, size: 0 }, 1.2, 4],
  ])('checks against the group metrics: %s', (_, row, demand, reporting) => {
    const reading = read([segment(1, [row])]);
    const rounded = [reading.demand.values[0], reading.inService[0]].map((value) =>
      Number(value?.toFixed(9)),
    );
    expect(rounded).toEqual([demand, reporting]);
  });

  it('gives no values where there is no datapoint or no range', () => {
    expect(read([]).demand.values).toHaveLength(0);
    expect(read([segment(1, [{ at: 20, sum: 1, count: 1 }])], { to: FROM }).demand.values).toHaveLength(0);
  });
});
