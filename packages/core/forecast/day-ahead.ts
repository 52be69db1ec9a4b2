import { quantile } from '../demand/quantile.ts';
import type { Past } from './forecaster.ts';
import { learnShape, shapeAt } from './same-time.ts';
import { CELLS_PER_DAY } from './window.ts';

const DAYS = 7;
const SAME_WEEKDAY = 6;

/**
 * The highest demand (capacity units) of each 5 minutes of the next two days, as of the night: the shape of the same
 * time of day, raised by the quantile 1 - 1 / l of how the last 7 days came out above the shape known the night before.
 */
export function learnDayAhead(past: Omit<Past, 'came' | 'centres'>, lossFactor: number): readonly number[] {
  const ratios: number[] = [];
  for (let day = Math.max(1, past.days - DAYS); day < past.days; day++) {
    const before = learnShape({ ...past, days: day }, SAME_WEEKDAY);
    const first = Math.floor(past.start / 5) + day * CELLS_PER_DAY;
    for (let cell = first; cell < first + CELLS_PER_DAY; cell++) {
      const expected = shapeAt(before, cell);
      if (expected > 0) ratios.push(cellPeak(past, cell) / expected);
    }
  }
  const margin = ratios.length > 0 ? Math.max(1, quantile(ratios, 1 - 1 / lossFactor)) : 1;
  const shape = learnShape(past, SAME_WEEKDAY);
  const next = Math.floor(past.start / 5) + past.days * CELLS_PER_DAY;
  return Array.from({ length: 2 * CELLS_PER_DAY }, (_, i) => margin * shapeAt(shape, next + i));
}

function cellPeak(past: Pick<Past, 'values' | 'start'>, cell: number): number {
  const first = cell * 5 - past.start;
  let highest = 0;
  for (let i = first; i < first + 5; i++) highest = Math.max(highest, past.values[i]!);
  return highest;
}
