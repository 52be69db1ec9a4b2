import { type Forecaster, type Lesson, type Past, QUANTILES } from '../../forecast/forecaster.ts';
import type { Window } from '../../forecast/window.ts';
import { ceilInstances, MINUTES_PER_DAY, type Minute, type Minutes, TICK_MINUTES } from '../../quantities.ts';

const TICKS_PER_DAY = MINUTES_PER_DAY / TICK_MINUTES;

/** What one forecaster said at every tick of the days played so far, and what it has learned for the next. */
export interface FloorBook {
  readonly forecaster: Forecaster;
  lesson: Lesson;
  /** Its centre at each tick; NaN on days without a lesson. */
  readonly centres: Float64Array;
  /** floors[k][tick]: the floor of quantile k in instances. */
  readonly floors: readonly Uint16Array[];
}

/** An empty book for `days` days. */
export function createBook(forecaster: Forecaster, days: number): FloorBook {
  const ticks = days * TICKS_PER_DAY;
  return {
    forecaster,
    lesson: {},
    centres: new Float64Array(ticks).fill(Number.NaN),
    floors: QUANTILES.map(() => new Uint16Array(ticks)),
  };
}

/** Demand so far and how it is read, shared by all books. */
export interface Pages {
  readonly visible: Float64Array;
  readonly start: Minute;
  readonly lead: Minutes;
  readonly metricDelay: Minutes;
  readonly sloUtilisation: number;
  /** Floors never exceed this many instances. */
  readonly ceiling: number;
}

const out = new Float64Array(QUANTILES.length);

/** Lets the forecaster speak at every tick of a day (counted from the first) with the lesson of the night before. */
export function writeDay(book: FloorBook, pages: Pages, day: number): void {
  const { forecaster, lesson, centres, floors } = book;
  const window = { ...windowAt(pages, day * MINUTES_PER_DAY) };
  for (let tick = day * TICKS_PER_DAY; tick < (day + 1) * TICKS_PER_DAY; tick++) {
    const now = tick * TICK_MINUTES;
    window.now = (pages.start + now) as Minute;
    window.end = Math.max(0, now - pages.metricDelay + 1);
    centres[tick] = forecaster.forecast(lesson, window, out);
    for (let k = 0; k < QUANTILES.length; k++) {
      floors[k]![tick] = Math.min(pages.ceiling, ceilInstances(out[k]! / pages.sloUtilisation));
    }
  }
}

function windowAt(pages: Pages, now: number): { -readonly [Key in keyof Window]: Window[Key] } {
  return {
    values: pages.visible,
    start: pages.start,
    end: Math.max(0, now - pages.metricDelay + 1),
    now: (pages.start + now) as Minute,
    lead: pages.lead,
  };
}

/** Lets the forecaster learn from all days so far. */
export function learn(book: FloorBook, past: Omit<Past, 'centres'>): void {
  book.lesson = book.forecaster.learn({ ...past, centres: book.centres });
}
