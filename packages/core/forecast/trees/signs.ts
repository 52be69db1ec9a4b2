import { MINUTES_PER_DAY, TICK_MINUTES } from '../../quantities.ts';
import { CELLS_PER_DAY, CELLS_PER_HOUR, cellOf, newestOf, type Window } from '../window.ts';

/** Demand below this (capacity units) counts as this: logarithms of tiny numbers say nothing. */
const FAINT = 0.05;
/** Signs are logarithms in hundredths: a difference of 1 is about one per cent. */
const SCALE = 100;

const HIGHEST_MINUTES = [1, 5, 15, 30, 60, 180] as const;
const HIGHEST_CELLS = [CELLS_PER_DAY / 2, CELLS_PER_DAY] as const;
const MEAN_MINUTES = [15, 60, 180] as const;
const LOWEST_MINUTES = [30, 180] as const;
const SLOPE_MINUTES = [3, 5, 10, 20, 40] as const;
const HOURS = 12;
const SURPRISE_CELLS = [CELLS_PER_HOUR, 3 * CELLS_PER_HOUR, 12 * CELLS_PER_HOUR] as const;

/** How many numbers a tick reads off its window. */
export const SIGNS =
  1 +
  HIGHEST_MINUTES.length +
  HIGHEST_CELLS.length +
  MEAN_MINUTES.length +
  LOWEST_MINUTES.length +
  SLOPE_MINUTES.length +
  2 +
  4 +
  2 +
  SURPRISE_CELLS.length;

/** The present level among the signs: the mean of the newest 3 minutes, 100 x log of capacity units. */
export const LEVEL_SIGN = 0;

/** 100 x log of a demand in capacity units. */
export function logOf(demand: number): number {
  return SCALE * Math.log(Math.max(FAINT, demand));
}

/** The demand (capacity units) of such a logarithm. */
export function demandOf(log: number): number {
  return Math.exp(log / SCALE);
}

/** Highest demand of the newest cells: peaks[back]; 0 where nothing is readable. */
const peaks = new Float64Array(CELLS_PER_DAY + CELLS_PER_HOUR);

/**
 * Writes what a tick can see in its window (24 hours at most) to `row`, SIGNS numbers: the level, and against it highest,
 * mean and lowest demand of several spans, slopes, the same minutes yesterday and of the last hours, the time of day and of
 * the hour, and how far demand rose above the level within a lead of late.
 */
export function readSigns(window: Window, row: Float32Array): void {
  const { end, now, lead } = window;
  const newest = newestOf(window);
  const cell = cellOf(newest);
  readPeaks(window, cell);
  const level = logOf(meanOf(window, end - 3, end));
  let i = 0;
  row[i++] = level;
  for (const span of HIGHEST_MINUTES) row[i++] = logOf(highestOf(window, end - span, end)) - level;
  for (const span of HIGHEST_CELLS) row[i++] = logOf(highestPeak(0, span)) - level;
  for (const span of MEAN_MINUTES) row[i++] = logOf(meanOf(window, end - span, end)) - level;
  for (const span of LOWEST_MINUTES) row[i++] = logOf(lowestOf(window, end - span, end)) - level;
  for (const span of SLOPE_MINUTES) row[i++] = slopeOf(window, span);
  const first = cell - cellOf(now + 1);
  const last = cell - cellOf(now + lead);
  const yesterday = highestPeak(last + CELLS_PER_DAY, first + CELLS_PER_DAY + 1);
  const then = now - MINUTES_PER_DAY - window.start;
  const isKnown = yesterday > 0 && then >= 0;
  row[i++] = isKnown ? logOf(yesterday) - level : 0;
  row[i++] = isKnown ? logOf(yesterday) - logOf(meanOf(window, then, then + 3)) : 0;
  i = readHours(row, i, { first, last, level });
  row[i++] = cellOf(now) % CELLS_PER_DAY;
  row[i++] = cellOf(now) % CELLS_PER_HOUR;
  readSurprises(window, row, i);
}

/** Highest demand of the cells of the last 24 hours, the newest (which may not be over) first; 0 where nothing is readable. */
function readPeaks({ values, start, end }: Window, newest: number): void {
  let to = end;
  for (let back = 0; back < CELLS_PER_DAY; back++) {
    const from = Math.max(0, (newest - back) * TICK_MINUTES - start);
    let highest = 0;
    for (let i = from; i < to; i++) if (values[i]! > highest) highest = values[i]!;
    peaks[back] = highest;
    to = Math.min(to, from);
  }
}

/** The same minutes of the last hours against the level: of the last hour, mean of 4 and 12, highest of 12. */
function readHours(
  row: Float32Array,
  at: number,
  { first, last, level }: { readonly first: number; readonly last: number; readonly level: number },
): number {
  let sum = 0;
  let count = 0;
  let highest = 0;
  const means = [0, 0, 0];
  for (let hour = 1; hour <= HOURS; hour++) {
    const back = hour * CELLS_PER_HOUR;
    const peak = highestPeak(last + back, first + back + 1);
    if (peak > 0) {
      sum += logOf(peak) - level;
      count += 1;
      if (peak > highest) highest = peak;
    }
    const mean = count > 0 ? sum / count : 0;
    if (hour === 1) means[0] = mean;
    if (hour <= 4) means[1] = mean;
    means[2] = mean;
  }
  row[at] = means[0]!;
  row[at + 1] = means[1]!;
  row[at + 2] = means[2]!;
  row[at + 3] = highest > 0 ? logOf(highest) - level : 0;
  return at + 4;
}

/** How high demand came above its level within a lead, at most, at the ticks of the last hour, 3 and 12 hours. */
function readSurprises(window: Window, row: Float32Array, at: number): void {
  const { values, start, now, lead } = window;
  const reach = cellOf(now + lead) - cellOf(now + 1);
  const cell = cellOf(newestOf(window));
  let ratio = 0;
  let next = 0;
  for (let back = reach + 1; next < SURPRISE_CELLS.length; back++) {
    const before = (cell - back) * TICK_MINUTES - start - 1;
    if (before >= 3) {
      const level = Math.max(FAINT, (values[before - 1]! + values[before - 2]! + values[before - 3]!) / 3);
      const came = highestPeak(back - reach, back + 1) / level;
      if (came > ratio) ratio = came;
    }
    if (back - reach === SURPRISE_CELLS[next]) row[at + next++] = ratio > 0 ? SCALE * Math.log(ratio) : 0;
  }
}

function highestPeak(from: number, to: number): number {
  let highest = 0;
  for (let back = Math.max(0, from); back < to; back++) if (peaks[back]! > highest) highest = peaks[back]!;
  return highest;
}

function highestOf({ values }: Window, from: number, to: number): number {
  let highest = 0;
  for (let i = Math.max(0, from); i < to; i++) if (values[i]! > highest) highest = values[i]!;
  return highest;
}

function lowestOf({ values }: Window, from: number, to: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = Math.max(0, from); i < to; i++) if (values[i]! < lowest) lowest = values[i]!;
  return to > Math.max(0, from) ? lowest : 0;
}

function meanOf({ values }: Window, from: number, to: number): number {
  let sum = 0;
  const first = Math.max(0, from);
  for (let i = first; i < to; i++) sum += values[i]!;
  return to > first ? sum / (to - first) : 0;
}

function slopeOf({ values, end }: Window, span: number): number {
  return end > span ? logOf(values[end - 1]!) - logOf(values[end - 1 - span]!) : 0;
}
