import { describe, expect, it } from 'vitest';
import { areaBelow, columnMeans, gridOf, niceTop, type Plot, steps } from './plot.ts';

/** Ten units a column, and ten an instance. */
const PLOT: Plot = { left: 0, right: 40, top: 0, bottom: 40, highest: 4 };

describe('a plot', () => {
  it('draws a step a column, as few as there are heights, with gaps where nothing is known', () => {
    expect(steps(PLOT, [1, 1, 3, 2])).toBe('M0 30H20V10H30V20H40');
    expect(steps(PLOT, [Number.NaN, 1, Number.NaN, 2])).toBe('M10 30H20M30 20H40');
    expect(steps(PLOT, [Number.NaN, Number.NaN])).toBe('');
  });

  it('fills what is below', () => {
    expect(areaBelow(PLOT, [1, 3, Number.NaN, 2])).toBe('M0 40V30H10V10H20V40ZM30 40V20H40V40Z');
  });

  it.each([
    [0, 4],
    [3.9, 4],
    [4, 8],
    [37, 40],
    [82, 100],
    [1370, 2000],
  ])('%d instances fit below a round %d', (highest, top) => {
    expect(niceTop(highest)).toBe(top);
  });

  it('numbers its lines', () => {
    const numbers = [...gridOf(PLOT).matchAll(/>([\d.]+)</g)].map(([, number]) => number);
    expect(numbers).toEqual(['0', '1', '2', '3', '4']);
  });
});

it('a column is the mean of its minutes that are known', () => {
  const values = [1, 3, Number.NaN, 5, Number.NaN, Number.NaN];
  expect(columnMeans(values, { from: 0, to: 6, columns: 3 })).toEqual([2, 5, Number.NaN]);
  expect(columnMeans(values, { from: 1, to: 4, columns: 2 })).toEqual([3, 5]);
});
