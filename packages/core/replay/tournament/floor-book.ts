import { type Blend, blended, createBlend, fadeRegrets, learnTick } from '../../forecast/blend.ts';
import { type Compound, USUAL_QUANTILE } from '../../forecast/compounds.ts';
import { type Forecaster, isSigned, type Lesson, type Past, QUANTILES } from '../../forecast/forecaster.ts';
import type { Window } from '../../forecast/window.ts';
import { type Minute, type Minutes, TICK_MINUTES, TICKS_PER_DAY } from '../../quantities.ts';

/** said[k][tick]: quantile k of the highest demand within the lead, capacity units, at every tick of the days played. */
export type Said = readonly Float64Array[];

/** What one forecaster said so far, and what it has learned for the next day. */
export interface FloorBook {
  readonly forecaster: Forecaster;
  lesson: Lesson;
  /** Its centre at each tick; NaN on days without a lesson. */
  readonly centres: Float64Array;
  /** What a SignedForecaster read and noted at each tick. */
  readonly rows: Float32Array;
  readonly said: Said;
}

/** What the blend of all books said so far, and its weights for the next day. */
export interface BlendBook {
  readonly blend: Blend;
  readonly said: Said;
  /** The first tick the blend has not learned from. */
  next: number;
}

/** What a compound said so far. */
export interface CompoundBook {
  readonly compound: Compound;
  readonly said: Said;
}

/** An empty book of a compound for `days` days. */
export function createCompoundBook(compound: Compound, days: number): CompoundBook {
  return { compound, said: emptySaid(days) };
}

/** An empty book for `days` days. */
export function createBook(forecaster: Forecaster, days: number): FloorBook {
  const centres = new Float64Array(days * TICKS_PER_DAY).fill(Number.NaN);
  const rows = new Float32Array(isSigned(forecaster) ? days * TICKS_PER_DAY * forecaster.signs : 0).fill(
    Number.NaN,
  );
  return { forecaster, lesson: {}, centres, rows, said: emptySaid(days) };
}

/** An empty book of the blend of `forecasters` books for `days` days. */
export function createBlendBook(forecasters: number, days: number): BlendBook {
  return { blend: createBlend(forecasters), said: emptySaid(days), next: TICKS_PER_DAY };
}

function emptySaid(days: number): Said {
  return QUANTILES.map(() => new Float64Array(days * TICKS_PER_DAY));
}

/** What the group showed so far and how it is read, shared by all books. */
export interface Pages {
  readonly visible: Float64Array;
  readonly start: Minute;
  readonly lead: Minutes;
  /** The newest minute that is readable in a minute, both counted from the first. */
  readonly newestAt: (minute: number) => number;
}

const out = new Float64Array(QUANTILES.length);

/** Lets the forecaster speak at every tick of a day (counted from the first) with the lesson of the night before. */
export function writeDay(book: FloorBook, pages: Pages, day: number): void {
  const { forecaster, lesson, centres, rows, said } = book;
  const { visible: values, start, lead } = pages;
  const window: { -readonly [Key in keyof Window]: Window[Key] } = {
    values,
    start,
    lead,
    end: 0,
    now: start,
  };
  for (let tick = day * TICKS_PER_DAY; tick < (day + 1) * TICKS_PER_DAY; tick++) {
    const now = tick * TICK_MINUTES;
    window.now = (start + now) as Minute;
    window.end = Math.max(0, pages.newestAt(now) + 1);
    if (isSigned(forecaster)) {
      const row = rows.subarray(tick * forecaster.signs, (tick + 1) * forecaster.signs);
      forecaster.read(window, row);
      centres[tick] = forecaster.say(lesson, row, out);
    } else centres[tick] = forecaster.forecast(lesson, window, out);
    for (let k = 0; k < QUANTILES.length; k++) said[k]![tick] = out[k]!;
  }
}

/** Blends what the books said at every tick of a day with the weights of the night before. */
export function blendDay(blendBook: BlendBook, books: readonly FloorBook[], day: number): void {
  const { blend, said } = blendBook;
  const parts = books.map((book) => book.said);
  for (let k = 0; k < QUANTILES.length; k++) meanDay(said, parts, { k, weights: weightsOf(blend, k), day });
}

/** Writes the weighted mean (of logarithms) of what `parts` say of quantile number k at every tick of a day. */
function meanDay(
  said: Said,
  parts: readonly Said[],
  { k, weights, day }: { readonly k: number; readonly weights: ArrayLike<number>; readonly day: number },
): void {
  const row = new Float64Array(parts.length);
  for (let tick = day * TICKS_PER_DAY; tick < (day + 1) * TICKS_PER_DAY; tick++) {
    for (let f = 0; f < parts.length; f++) row[f] = parts[f]![k]![tick]!;
    said[k]![tick] = blended(weights, row);
  }
}

/** Puts together what a compound says at every tick of a day from what `saidOf` gives of its parts. */
export function compoundDay(
  { compound: { mean, least }, said }: CompoundBook,
  saidOf: (name: string) => Said,
  day: number,
): void {
  const parts = mean.map(saidOf);
  const usual = least === undefined ? undefined : saidOf(least)[QUANTILES.indexOf(USUAL_QUANTILE)]!;
  const weights = parts.map(() => 1 / parts.length);
  for (let k = 0; k < QUANTILES.length; k++) {
    meanDay(said, parts, { k, weights, day });
    for (let tick = day * TICKS_PER_DAY; usual && tick < (day + 1) * TICKS_PER_DAY; tick++)
      said[k]![tick] = Math.max(said[k]![tick]!, usual[tick]!);
  }
}

/** The weights of a quantile, forecaster by forecaster. */
export function weightsOf(blend: Blend, k: number): Float64Array {
  return blend.weights.subarray(k * blend.forecasters, (k + 1) * blend.forecasters);
}

/** Learns the weights from all ticks before `to` for which it is known what came. */
export function learnWeights(
  blendBook: BlendBook,
  books: readonly FloorBook[],
  came: Float64Array,
  to: number,
): void {
  const { blend } = blendBook;
  const row = new Float64Array(books.length);
  fadeRegrets(blend);
  for (; blendBook.next < to && !Number.isNaN(came[blendBook.next]!); blendBook.next++) {
    const tick = blendBook.next;
    for (let k = 0; k < QUANTILES.length; k++) {
      for (let f = 0; f < books.length; f++) row[f] = books[f]!.said[k]![tick]!;
      learnTick(blend, k, row, came[tick]!);
    }
  }
}

/** Lets the forecaster learn from all days so far. */
export function learn(book: FloorBook, past: Omit<Past, 'centres' | 'rows'>): void {
  const { centres, rows } = book;
  book.lesson = book.forecaster.learn({ ...past, centres, rows }, book.lesson);
}
