import type { Minute, Minutes, Utilisation } from '../quantities.ts';
import type { Lesson } from './forecaster.ts';
import type { Strategy } from './strategy.ts';

/** A forecaster's share in the floors and what it learned. */
export interface WeighedForecaster {
  readonly name: string;
  readonly weight: number;
  readonly lesson: Lesson;
}

/** What the nightly review learned of a series: a plain JSON value, versioned, at most 16 KB. */
export interface Profile {
  readonly version: 1;
  /** The day boundary the lessons end at. */
  readonly learnedAt: Minute;
  readonly sloUtilisation: Utilisation;
  /** Floors look ahead to the highest demand of this many minutes: start-up and the time to the next tick. */
  readonly lead: Minutes;
  readonly strategy: Strategy;
  /** The forecasters behind the floors with their weight (sum 1) and lesson; empty where there are no floors. */
  readonly forecasters: readonly WeighedForecaster[];
  /** Floors are never below the middle of what this forecaster says; its weight says nothing. */
  readonly least?: WeighedForecaster;
  /**
   * Highest demand (capacity units) of every 5 minutes of the two days from `learnedAt` on, at the quantile of the
   * tier: what floors ahead are cut from while nothing newer is known.
   */
  readonly dayAhead: readonly number[];
  /** Highest visible need of the last 28 days, instances. */
  readonly highestNeed: number;
  /** The forecast was wrong for a day: the strategy is the owner's own until it is right again. */
  readonly footing?: 'lost';
  /** Lowest demand of each hour of the day from `learnedAt`'s boundary, capacity units: the band of S6; absent in older profiles. */
  readonly lowest?: readonly number[];
  /** The instance type whose instances everything here counts in; absent in older profiles. */
  readonly instanceType?: string;
}

/** A number as profiles keep it: 4 significant digits, and none after the third decimal. */
export function rounded(value: number): number {
  return toDigits(value, 4);
}

/** A number of the day ahead as profiles keep it, 3 significant digits: plans are cut to whole instances. */
export function roundedAhead(value: number): number {
  return toDigits(value, 3);
}

function toDigits(value: number, digits: number): number {
  return Number(Number(value.toPrecision(digits)).toFixed(3));
}

/** A lesson as a profile keeps it; minutes and other large whole numbers stay as they are. */
export function roundedLesson(lesson: Lesson): Lesson {
  const entries = Object.entries(lesson).map(
    ([piece, numbers]) =>
      [piece, numbers.map((value) => (Number.isInteger(value) ? value : rounded(value)))] as const,
  );
  return Object.fromEntries(entries);
}
