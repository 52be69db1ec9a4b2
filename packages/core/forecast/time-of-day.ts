import { quantileOfSorted } from '../demand/quantile.ts';
import { MINUTES_PER_DAY, TICK_MINUTES } from '../quantities.ts';
import { type Forecaster, type Past, QUANTILES } from './forecaster.ts';
import { CELLS_PER_DAY, cellOf } from './window.ts';

const DAYS = 14;
/** Cells on either side that count as the same time of day: 45 minutes. */
const REACH = 9;
/** Quantiles are kept for every third cell: their windows overlap by five sixths. */
const STRIDE = 3;
const SLOTS = CELLS_PER_DAY / STRIDE;

/**
 * Where demand is noise around a slow rhythm, no level says more than how high it was at this time of day: quantiles of
 * the cells within 45 minutes of it, over the last 14 days.
 */
export const timeOfDayForecaster: Forecaster = {
  name: 'time-of-day',
  learn: (past) => ({ quantiles: learnQuantiles(past) }),
  forecast: (lesson, window, out) => {
    out.fill(0);
    const first = Math.floor(cellOf(window.now + 1) / STRIDE);
    const last = Math.floor(cellOf(window.now + window.lead) / STRIDE);
    const only = lesson.only?.[0];
    for (let slot = first; slot <= last; slot++) {
      const row = slot % SLOTS;
      for (let k = 0; k < QUANTILES.length; k++) {
        const said =
          only === undefined
            ? lesson.quantiles![row * QUANTILES.length + k]
            : k === only && lesson.quantiles![row];
        out[k] = Math.max(out[k]!, said || 0);
      }
    }
    return out[0]!;
  },
  partFor: (lesson, k) => ({
    only: [k],
    quantiles: Array.from(
      { length: SLOTS },
      (_, slot) => lesson.quantiles?.[slot * QUANTILES.length + k] ?? 0,
    ),
  }),
};

/** Slot after slot of the day, the values of QUANTILES. */
function learnQuantiles(past: Past): readonly number[] {
  const first = Math.max(0, past.days - DAYS);
  const cells = past.days * CELLS_PER_DAY;
  const peaks = new Float64Array(cells);
  for (let i = first * MINUTES_PER_DAY; i < past.days * MINUTES_PER_DAY; i++) {
    const cell = Math.floor(i / TICK_MINUTES);
    if (past.values[i]! > peaks[cell]!) peaks[cell] = past.values[i]!;
  }
  const quantiles: number[] = [];
  const near = new Float64Array(DAYS * (2 * REACH + 1));
  for (let middle = 1; middle < CELLS_PER_DAY; middle += STRIDE) {
    let count = 0;
    for (let day = first; day < past.days; day++) {
      const from = Math.max(day * CELLS_PER_DAY + middle - REACH, first * CELLS_PER_DAY);
      const to = Math.min(day * CELLS_PER_DAY + middle + REACH, cells - 1);
      for (let cell = from; cell <= to; cell++) near[count++] = peaks[cell]!;
    }
    const sorted = near.subarray(0, count).sort();
    for (const q of QUANTILES) quantiles.push(count > 0 ? quantileOfSorted(sorted, q) : 0);
  }
  return quantiles;
}
