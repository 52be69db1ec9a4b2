import { type DemandSeries, valueAt } from '../../demand/series.ts';
import type { Minute } from '../../quantities.ts';

/**
 * `length` minutes of a series from `start`, gaps bridged by straight lines between their neighbours (the nearest one at
 * the ends); all 0 where the series holds nothing.
 */
export function fillGaps(series: DemandSeries, start: Minute, length: number): Float64Array {
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = valueAt(series, (start + i) as Minute);
  let before = -1;
  for (let i = 0; i <= length; i++) {
    if (i < length && Number.isNaN(values[i]!)) continue;
    bridge(values, before, i);
    before = i;
  }
  return values;
}

/** Fills what lies between the known indices `before` and `after` (-1 and the length: beyond the ends). */
function bridge(values: Float64Array, before: number, after: number): void {
  const left = values[before] ?? values[after] ?? 0;
  const right = values[after] ?? left;
  for (let i = before + 1; i < after; i++) {
    values[i] = left + ((right - left) * (i - before)) / (after - before);
  }
}
