import { quantileInPlace, quantileOfSorted } from '../demand/quantile.ts';
import { MINUTES_PER_DAY, TICK_MINUTES } from '../quantities.ts';
import { type Lesson, type Past, QUANTILES } from './forecaster.ts';
import { learnShape, shapeAt } from './same-time.ts';
import { timeOfDayForecaster } from './time-of-day.ts';
import { CELLS_PER_DAY, CELLS_PER_HOUR } from './window.ts';

const SAME_WEEKDAY = 6;
const MARGIN_DAYS = 7;
const TIME_OF_DAY_STRIDE = 3;

/** ahead[k][cell]: quantile k of each of the 576 cells (5 minutes) of the two days to come, capacity units. */
export type DayAhead = readonly Float64Array[];

/** One way to say a whole day ahead at night, without knowing what the day will bring. */
export interface DayAheadRule {
  readonly name: string;
  readonly ahead: (past: Pick<Past, 'values' | 'start' | 'days'>) => DayAhead;
}

/** What a plan written before an outage can be cut from; the tournament finds which of them serves a group best. */
export const DAY_AHEAD_RULES: readonly DayAheadRule[] = [
  { name: 'shape', ahead: shapeAhead },
  { name: 'time-of-day', ahead: timeOfDayAhead },
  { name: 'minute-of-hour', ahead: minuteOfHourAhead },
];

type Days = Pick<Past, 'values' | 'start' | 'days'>;

function perQuantile(valueAt: (k: number, cell: number) => number): DayAhead {
  return QUANTILES.map((_, k) =>
    Float64Array.from({ length: 2 * CELLS_PER_DAY }, (_cell, cell) => valueAt(k, cell)),
  );
}

/** The mean shape of the same time of day, raised by how the last days came out above the shape known the night before. */
function shapeAhead(past: Days): DayAhead {
  const margins = shapeMargins(past);
  const shape = learnShape(past, SAME_WEEKDAY);
  const next = firstCell(past) + past.days * CELLS_PER_DAY;
  return perQuantile((k, cell) => margins[k]! * shapeAt(shape, next + cell));
}

function shapeMargins(past: Days): readonly number[] {
  const ratios = new Float64Array(MARGIN_DAYS * CELLS_PER_DAY);
  let count = 0;
  for (let day = Math.max(1, past.days - MARGIN_DAYS); day < past.days; day++) {
    const before = learnShape({ ...past, days: day }, SAME_WEEKDAY);
    for (let cell = day * CELLS_PER_DAY; cell < (day + 1) * CELLS_PER_DAY; cell++) {
      const expected = shapeAt(before, firstCell(past) + cell);
      if (expected > 0) ratios[count++] = cellPeak(past, cell) / expected;
    }
  }
  return QUANTILES.map((q) => (count > 0 ? quantileInPlace(ratios, count, q) : 1));
}

/** Quantiles of the same time of day over the last 14 days. */
function timeOfDayAhead(past: Days): DayAhead {
  const nothing = new Float64Array(0);
  const lesson: Lesson = timeOfDayForecaster.learn(
    { ...past, lead: 0, came: nothing, servable: nothing, centres: nothing, rows: new Float32Array(0) },
    {},
  );
  return perQuantile((k, cell) => {
    const slot = Math.floor((cell % CELLS_PER_DAY) / TIME_OF_DAY_STRIDE);
    return lesson.quantiles![slot * QUANTILES.length + k] ?? 0;
  });
}

/** Quantiles of the same minutes of the hour over the last 24 hours, the same for every hour to come. */
function minuteOfHourAhead(past: Days): DayAhead {
  const last = past.days * CELLS_PER_DAY;
  const sorted = Array.from({ length: CELLS_PER_HOUR }, (_, phase) =>
    Float64Array.from({ length: 24 }, (_hour, hour) =>
      cellPeak(past, last - CELLS_PER_DAY + hour * CELLS_PER_HOUR + phase),
    ).sort(),
  );
  return perQuantile((k, cell) => quantileOfSorted(sorted[cell % CELLS_PER_HOUR]!, QUANTILES[k]!));
}

function firstCell(past: Days): number {
  return past.start / TICK_MINUTES;
}

/** Highest demand of a cell, counted from the past's first. */
function cellPeak(past: Days, cell: number): number {
  let highest = 0;
  const first = cell * TICK_MINUTES;
  for (let i = first; i < Math.min(first + TICK_MINUTES, past.days * MINUTES_PER_DAY); i++) {
    if (past.values[i]! > highest) highest = past.values[i]!;
  }
  return highest;
}
