import { quantileOfSorted } from '../demand/quantile.ts';
import { type Forecaster, QUANTILES } from './forecaster.ts';
import { CELLS_PER_HOUR, cellHighest, cellOf, type Window } from './window.ts';

/**
 * Bursts aligned to the hour: quantiles of the same minutes of the last hours, the highest of those within the lead.
 * Learns nothing at night; `hours` of the window are its memory.
 */
export function minuteOfHourForecaster(hours: number): Forecaster {
  const values = new Float64Array(hours);
  return {
    name: `minute-of-hour-${hours}`,
    learn: () => ({}),
    forecast: (_lesson, window, out) => {
      out.fill(0);
      for (let cell = cellOf(window.now + 1); cell <= cellOf(window.now + window.lead); cell++) {
        const count = sameMinutes(window, cell, values);
        const sorted = values.subarray(0, count).sort();
        if (count === 0) continue;
        for (let k = 0; k < QUANTILES.length; k++) {
          out[k] = Math.max(out[k]!, quantileOfSorted(sorted, QUANTILES[k]!));
        }
      }
      return out[0]!;
    },
  };
}

function sameMinutes(window: Window, cell: number, values: Float64Array): number {
  let count = 0;
  for (let back = 1; back <= values.length; back++) {
    const value = cellHighest(window, cell - back * CELLS_PER_HOUR);
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return count;
}
