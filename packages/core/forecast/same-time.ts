import { MINUTES_PER_DAY, TICK_MINUTES } from '../quantities.ts';
import type { Lesson, Past } from './forecaster.ts';
import { CELLS_PER_DAY, CELLS_PER_HOUR, cellOf, newestOf, recentMean, type Window } from './window.ts';
import { type PointForecaster, withCalibration } from './with-calibration.ts';

const DAYS_BACK = 14;
const DECAY = 0.8;
/** The lesson holds the two days ahead, and an hour before them for windows that end before midnight. */
const CELLS_BEFORE = CELLS_PER_HOUR;
const CELLS_AHEAD = 2 * CELLS_PER_DAY;

/**
 * What the same time of day was like: per cell the mean of its highest demand over the last 14 days, recent days and
 * the same weekday weighing more. `learnedAt` is the minute the days ahead begin with.
 */
export function learnShape(past: Pick<Past, 'values' | 'start' | 'days'>, sameWeekday: number): Lesson {
  const highest = cellPeaks(past);
  const next = past.days * CELLS_PER_DAY;
  const weightOf = Array.from(
    { length: DAYS_BACK + 2 },
    (_, back) => DECAY ** (back - 1) * (back % 7 === 0 ? sameWeekday : 1),
  );
  const shape = Array.from({ length: CELLS_BEFORE + CELLS_AHEAD }, (_, i) => {
    const cell = next - CELLS_BEFORE + i;
    let sum = 0;
    let weights = 0;
    for (let back = 1; back <= DAYS_BACK + 1; back++) {
      const value = highest[cell - back * CELLS_PER_DAY];
      if (value === undefined) continue;
      const weight = weightOf[back]!;
      sum += weight * value;
      weights += weight;
    }
    return weights > 0 ? sum / weights : 0;
  });
  return { shape, learnedAt: [past.start + past.days * MINUTES_PER_DAY] };
}

/** The highest demand of every cell of the past, the last 15 days; undefined before. */
function cellPeaks(past: Pick<Past, 'values' | 'days'>): Float64Array {
  const peaks = new Float64Array(past.days * CELLS_PER_DAY);
  const first = Math.max(0, past.days - DAYS_BACK - 1) * MINUTES_PER_DAY;
  for (let i = first; i < past.days * MINUTES_PER_DAY; i++) {
    const cell = Math.floor(i / TICK_MINUTES);
    if (past.values[i]! > peaks[cell]!) peaks[cell] = past.values[i]!;
  }
  return peaks;
}

/** The shape's value for a cell; beyond the two days the second is repeated. */
export function shapeAt(lesson: Lesson, cell: number): number {
  let i = cell - lesson.learnedAt![0]! / TICK_MINUTES + CELLS_BEFORE;
  while (i >= CELLS_BEFORE + CELLS_AHEAD) i -= CELLS_PER_DAY;
  return lesson.shape![Math.max(i, 0)] ?? 0;
}

/** The present level plus what the shape rises (or falls) from now to its highest point within the lead. */
function shifted(lesson: Lesson, window: Window): number {
  const level = recentMean(window, 3);
  const here = shapeAt(lesson, cellOf(newestOf(window) - 1));
  let peak = 0;
  for (let cell = cellOf(window.now + 1); cell <= cellOf(window.now + window.lead); cell++) {
    peak = Math.max(peak, shapeAt(lesson, cell));
  }
  return Math.max(0.1 * level, level + peak - here);
}

const yesterday: PointForecaster = {
  name: 'same-time-yesterday',
  learn: (past) => learnShape(past, 1),
  expect: shifted,
};

const lastWeek: PointForecaster = {
  name: 'same-time-last-week',
  learn: (past) => learnShape(past, 6),
  expect: shifted,
};

/** The level, moved as the last days moved at this time of day. */
export const sameTimeYesterdayForecaster = withCalibration(yesterday);
/** The level, moved as the same weekday moved at this time of day. */
export const sameTimeLastWeekForecaster = withCalibration(lastWeek);
