import { quantileOfSorted } from '../demand/quantile.ts';
import { type Forecaster, QUANTILES } from './forecaster.ts';
import { CELLS_PER_HOUR, cellHighest, cellOf, newestOf } from './window.ts';

/** Noise around a slow level: quantiles of the cells of the last `hours`, whatever the time of day. */
export function recentNeedForecaster(hours: number): Forecaster {
  const values = new Float64Array(hours * CELLS_PER_HOUR);
  return {
    name: `recent-need-${hours}`,
    learn: () => ({}),
    forecast: (_lesson, window, out) => {
      const newest = cellOf(newestOf(window));
      let count = 0;
      for (let back = 0; back < values.length; back++) {
        const value = cellHighest(window, newest - back);
        if (!Number.isNaN(value)) values[count++] = value;
      }
      const sorted = values.subarray(0, count).sort();
      for (let k = 0; k < QUANTILES.length; k++) {
        out[k] = count > 0 ? quantileOfSorted(sorted, QUANTILES[k]!) : 0;
      }
      return out[0]!;
    },
  };
}
