import { expect, it } from 'vitest';
import { parseTrace } from './parse-trace.ts';
import { prepare } from './prepare.ts';
import { traceNotes } from './trace-notes.ts';

/** Notes of a trace with a row at each of these hours. */
function notesOf(hours: readonly number[]): readonly string[] {
  const rows = hours.map((hour) => `${new Date(Date.UTC(2026, 2, 1, hour)).toISOString()},${5 + (hour % 3)}`);
  const file = parseTrace(['timestamp,value', ...rows].join('\n'), 'load.csv');
  return traceNotes(file, prepare(file));
}

const every = (step: number, days: number) =>
  Array.from({ length: (days * 24) / step + 1 }, (_, i) => i * step);

it.each([
  ['an hourly trace of four days', every(1, 4)],
  ['a daily trace', every(24, 10)],
])('there is nothing to say of %s', (_, hours) => {
  expect(notesOf(hours)).toEqual([]);
});

it('a trace that was cut says so', () => {
  expect(notesOf(every(1, 90))).toEqual(['The trace has 90 days: its first 70 are used.']);
});

it('a long gap says so, unless it lies in what was cut off', () => {
  const gap = [...every(1, 4), ...every(1, 2).map((hour) => hour + 8 * 24)];
  expect(notesOf(gap)).toEqual([
    'No row for 4.0 days from 2026-03-05 00:00 UTC on: a straight line stands in for them.',
  ]);
  expect(notesOf([...every(1, 71), 90 * 24])).toEqual(['The trace has 90 days: its first 70 are used.']);
});
