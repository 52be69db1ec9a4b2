import { quantileOfSorted } from '../demand/quantile.ts';
import { MINUTES_PER_DAY, TICK_MINUTES } from '../quantities.ts';
import { type Forecaster, type Past, QUANTILES } from './forecaster.ts';
import { CELLS_PER_DAY, cellOf } from './window.ts';

const DAYS = 14;
/** Cells on either side that count as the same time of day: 45 minutes. */
const REACH = 9;
/** Quantiles are kept for every third cell: their windows overlap by five sixths. */
const STRIDE = 3;

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
    for (let slot = first; slot <= last; slot++) {
      const at = (slot % (CELLS_PER_DAY / STRIDE)) * QUANTILES.length;
      for (let k = 0; k < QUANTILES.length; k++) out[k] = Math.max(out[k]!, lesson.quantiles![at + k] ?? 0);
    }
    return out[0]!;
  },
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
  for (let middle = 1; middle < CELLS_PER_DAY; middle += STRIDE) {
    const values: number[] = [];
    for (let day = first; day < past.days; day++) {
      for (
        let cell = day * CELLS_PER_DAY + middle - REACH;
        cell <= day * CELLS_PER_DAY + middle + REACH;
        cell++
      ) {
        if (cell >= first * CELLS_PER_DAY && cell < cells) values.push(peaks[cell]!);
      }
    }
    const sorted = Float64Array.from(values).sort();
    for (const q of QUANTILES) quantiles.push(sorted.length > 0 ? quantileOfSorted(sorted, q) : 0);
  }
  return quantiles;
}
