import type { Minute, Minutes } from '../quantities.ts';
import type { Window } from './window.ts';

/** The quantiles every forecaster gives, lowest first. A floor rule names one of them by its value. */
export const QUANTILES = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98] as const;
export type Quantile = (typeof QUANTILES)[number];

/** What a forecaster learned in one night: named lists of numbers, so that it is JSON as it stands. */
export type Lesson = Readonly<Record<string, readonly number[]>>;

/** The whole days a forecaster may learn from, and how it did itself. */
export interface Past {
  /** Demand per minute, capacity units, whole days, no gaps; values[i] belongs to minute start + i. */
  readonly values: Float64Array;
  readonly start: Minute;
  readonly days: number;
  readonly lead: Minutes;
  /** Per tick since `start`: the highest demand that came within the lead; NaN where it is not known yet. */
  readonly came: Float64Array;
  /** As `came`, of the end of the lead alone: the minutes that a launch asked for now would serve before the next tick's. */
  readonly servable: Float64Array;
  /** Per tick since `start`: what this forecaster gave as its centre then; NaN where it gave nothing. */
  readonly centres: Float64Array;
  /** Per tick since `start`: what a SignedForecaster read and noted then, `signs` numbers each; empty for others. */
  readonly rows: Float32Array;
}

/**
 * One way of saying how high demand will be within the lead. Learns once a night from whole days; at a tick it gives a
 * quantile of the highest demand (capacity units) for each of QUANTILES, ascending. Pure: the same lesson and window
 * give the same numbers.
 */
export interface Forecaster {
  readonly name: string;
  /** `before` is the lesson of the night before, empty in the first. */
  readonly learn: (past: Past, before: Lesson) => Lesson;
  /** Writes the quantiles to `out` and gives the centre: what it expects before any margin. */
  readonly forecast: (lesson: Lesson, window: Window, out: Float64Array) => number;
  /** The part of a lesson that quantile number k takes, where it is less than all of it: what a profile keeps. */
  readonly partFor?: (lesson: Lesson, k: number) => Lesson;
}

/** A forecaster that first reads numbers off the window, which are kept for it to learn from, and then speaks by them. */
export interface SignedForecaster extends Forecaster {
  /** How many numbers a row has: those it reads, and room for what it notes when it speaks. */
  readonly signs: number;
  readonly read: (window: Window, row: Float32Array) => void;
  /** As `forecast`, by what was read. */
  readonly say: (lesson: Lesson, row: Float32Array, out: Float64Array) => number;
}

export function isSigned(forecaster: Forecaster): forecaster is SignedForecaster {
  return 'signs' in forecaster;
}
