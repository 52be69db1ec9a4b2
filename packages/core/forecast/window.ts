import {
  type Instances,
  MINUTES_PER_DAY,
  type Minute,
  type Minutes,
  TICK_MINUTES,
  TICKS_PER_DAY,
} from '../quantities.ts';

/**
 * What a forecaster may look at when a tick decides: visible demand per minute (capacity units, no gaps) up to the
 * newest readable minute. `values[i]` belongs to minute `start + i`; entries from `end` on are not to be read.
 */
export interface Window {
  readonly values: Float64Array;
  readonly start: Minute;
  /** Instances in service in the minute of the newest value, where that is known. */
  readonly inService?: Instances;
  /** Index after the newest readable value. */
  readonly end: number;
  /** The minute of the tick. */
  readonly now: Minute;
  /** The forecast is for the highest demand of minutes now + 1 … now + lead. */
  readonly lead: Minutes;
}

/** Cells are the 5-minute blocks that ticks begin with: cell c covers minutes 5c … 5c + 4. */
export const CELLS_PER_DAY = TICKS_PER_DAY;
export const CELLS_PER_HOUR = 12;

/** Ticks look back this far at most, live and replayed. */
export const RECENT_MINUTES = MINUTES_PER_DAY;

export function cellOf(minute: number): number {
  return Math.floor(minute / TICK_MINUTES);
}

/** The newest readable minute of a window. */
export function newestOf(window: Window): number {
  return window.start + window.end - 1;
}

/** Mean of the newest `count` values; fewer where the window has fewer, 0 where it is empty. */
export function recentMean(window: Window, count: number): number {
  const from = Math.max(0, window.end - count);
  let sum = 0;
  for (let i = from; i < window.end; i++) sum += window.values[i]!;
  return window.end > from ? sum / (window.end - from) : 0;
}

/** Highest of the newest `count` values, 0 where the window is empty. */
export function recentHighest(window: Window, count: number): number {
  let highest = 0;
  for (let i = Math.max(0, window.end - count); i < window.end; i++) {
    if (window.values[i]! > highest) highest = window.values[i]!;
  }
  return highest;
}

/** Highest readable value of a cell; NaN where none of its minutes is in the window. */
export function cellHighest(window: Window, cell: number): number {
  const first = cell * TICK_MINUTES - window.start;
  const from = Math.max(first, 0);
  const to = Math.min(first + TICK_MINUTES, window.end);
  if (to <= from) return Number.NaN;
  let highest = window.values[from]!;
  for (let i = from + 1; i < to; i++) if (window.values[i]! > highest) highest = window.values[i]!;
  return highest;
}
