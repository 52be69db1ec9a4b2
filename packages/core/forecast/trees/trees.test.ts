import { expect, test } from 'vitest';
import { type Minute, TICKS_PER_DAY } from '../../quantities.ts';
import { createBook, learn, writeDay } from '../../replay/tournament/floor-book.ts';
import { QUANTILES } from '../forecaster.ts';
import { treesForecaster } from './trees.ts';

const DAYS = 8;
const LEAD = 8;
/** Demand of 5 that triples for 20 minutes, at no regular time, after a dip of 8 minutes that announces it. */
const visible = new Float64Array(DAYS * 1440).fill(5);
for (let at = 40, i = 0; at + 40 < visible.length; at += 97 + ((i * 31) % 53), i++) {
  visible.fill(4, at, at + 8);
  visible.fill(15, at + 8, at + 28);
}
const came = Float64Array.from({ length: DAYS * TICKS_PER_DAY }, (_, tick) => {
  const from = tick * 5 + 1;
  return from + LEAD > visible.length ? Number.NaN : Math.max(...visible.subarray(from, from + LEAD));
});

const book = createBook(treesForecaster, DAYS);
const pages = { visible, start: 0 as Minute, lead: LEAD, newestAt: (minute: number) => minute - 2 };
for (let day = 0; day < DAYS; day++) {
  if (day > 0) writeDay(book, pages, day);
  const known = came.map((value, tick) => (tick < (day + 1) * TICKS_PER_DAY - 2 ? value : Number.NaN));
  learn(book, {
    values: visible,
    start: 0 as Minute,
    days: day + 1,
    lead: LEAD,
    came: known,
    servable: known,
  });
}

const k = QUANTILES.indexOf(0.8);
/** What is said at the ticks of the last day that see the sign, or see nothing. */
function saidWhere(isSeen: (newest: number) => boolean): readonly number[] {
  const said: number[] = [];
  for (let tick = (DAYS - 1) * TICKS_PER_DAY; tick < DAYS * TICKS_PER_DAY; tick++) {
    if (isSeen(tick * 5 - 2)) said.push(book.said[k]![tick]!);
  }
  return said;
}
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test('trees learn what announces a rise, which no level and no time of day shows', () => {
  const warned = saidWhere((newest) => visible[newest] === 4 && visible[newest - 3] === 4);
  const quiet = saidWhere((newest) => visible.subarray(newest - 30, newest + 1).every((v) => v === 5));
  expect(warned.length).toBeGreaterThan(3);
  expect(mean(warned)).toBeGreaterThan(11);
  expect(mean(quiet)).toBeLessThan(7);
});

test('the part of a lesson for one quantile says the same of it, and is much smaller', () => {
  const window = { values: visible, start: 0 as Minute, end: 9000, now: 9002 as Minute, lead: LEAD };
  const [whole, part] = [new Float64Array(QUANTILES.length), new Float64Array(QUANTILES.length)];
  treesForecaster.forecast(book.lesson, window, whole);
  const lesson = treesForecaster.partFor!(book.lesson, k);
  treesForecaster.forecast(lesson, window, part);
  expect(part[k]).toBe(whole[k]);
  expect(JSON.stringify(lesson).length).toBeLessThan(0.5 * JSON.stringify(book.lesson).length);
});

test('between two growings the trees stay, and margins follow what came', () => {
  const past = {
    values: visible,
    start: 0 as Minute,
    days: DAYS,
    lead: LEAD,
    came,
    servable: came,
    centres: book.centres,
  };
  const next = treesForecaster.learn({ ...past, rows: book.rows }, { ...book.lesson, grownAt: [DAYS - 1] });
  expect(next.splits0).toBe(book.lesson.splits0);
  expect(next.margins).toHaveLength(QUANTILES.length);
});

test('before anything is learned the level stands', () => {
  const out = new Float64Array(QUANTILES.length);
  const window = { values: visible, start: 0 as Minute, end: 30, now: 31 as Minute, lead: LEAD };
  treesForecaster.forecast({}, window, out);
  for (const value of out) expect(value).toBeCloseTo(5, 3);
});
