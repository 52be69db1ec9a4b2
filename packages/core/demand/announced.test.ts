import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { usualIn, withoutAnnounced } from './announced.ts';
import type { DemandSeries } from './series.ts';

const at = (minute: number) => minute as Minute;
const sale = { from: at(12), until: at(14), factor: 3 };

function series(values: readonly number[], inService?: readonly number[]): DemandSeries {
  return { start: at(10), values: Float64Array.from(values), ...(inService && { inService }) };
}

describe('demand without what was announced', () => {
  it('is the usual where the announced came, whether all of it, more, half or nothing', () => {
    const usual = () => 5;
    const without = (value: number) => withoutAnnounced(series([5, 5, value, 5, 5]), [sale], usual).values[2];
    expect([15, 18, 10, 5, 4].map(without)).toEqual([5, 6, 5, 5, 4]);
  });

  it('leaves the minutes out where nothing is usual yet, and touches no others', () => {
    const { values } = withoutAnnounced(series([7, 8, 30, 30, 9]), [sale], () => Number.NaN);
    expect([...values]).toEqual([7, 8, Number.NaN, Number.NaN, 9]);
  });

  it('keeps a saturated group saturated', () => {
    const { values, inService } = withoutAnnounced(
      series([5, 5, 12, 9, 5], [9, 9, 12, 12, 12]),
      [sale],
      () => 4,
    );
    expect([...values]).toEqual([5, 5, 4, 4, 5]);
    expect(values[2]! / inService![2]!).toBeCloseTo(1, 12);
    expect(values[3]! / inService![3]!).toBeCloseTo(0.75, 12);
  });

  it('never is above the demand, nor below the demand over the factor', () => {
    const value = fc.double({ min: 0, max: 1e3, noNaN: true });
    const factor = fc.double({ min: 1, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 5, maxLength: 5 }), factor, value, (values, times, usual) => {
        const told = withoutAnnounced(series(values), [{ ...sale, factor: times }], () => usual).values;
        for (const [i, before] of values.entries()) {
          const least = i === 2 || i === 3 ? before / times : before;
          if (told[i]! > before || told[i]! < least) return false;
        }
        return true;
      }),
    );
  });
});

describe('what is usual in a minute', () => {
  const DAY = 1440;
  const days = (count: number, value: (day: number) => number): DemandSeries => ({
    start: at(0),
    values: Float64Array.from({ length: count * DAY }, (_, m) => value(Math.floor(m / DAY))),
  });

  it('is the same time a week before, else yesterday, else farther back; nothing announced, nothing missing', () => {
    const history = days(10, (day) => day);
    const of = (day: number) => ({ from: at(day * DAY), until: at((day + 1) * DAY), factor: 2 });
    const noon = (day: number) => at(day * DAY + 720);
    expect(usualIn(history, [])(noon(9))).toBe(2);
    expect(usualIn(history, [of(2)])(noon(9))).toBe(8);
    expect(usualIn(history, [of(2), of(8)])(noon(9))).toBe(7);
    expect(usualIn(history, [])(noon(3))).toBe(2);
    expect(usualIn(history, [])(noon(0))).toBeNaN();
  });
});
