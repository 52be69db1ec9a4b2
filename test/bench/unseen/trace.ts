import { DAY, eachDay } from './demand.ts';

/** A made trace before it is a file. */
export interface UnseenTrace {
  readonly name: string;
  /** Time of minute 0, a midnight in UTC, milliseconds. */
  readonly start: number;
  /** Whole minutes since the start, ascending. */
  readonly minutes: readonly number[];
  /** Demand at each of these minutes, in the text of the file. */
  readonly values: readonly string[];
}

/** Times of the day, made once: a date for each of a million rows takes as long as all else. */
const TIMES = Array.from({ length: DAY }, (_, minute) =>
  new Date(minute * 60_000).toISOString().slice(11, 19),
);

/** The file of a trace: the columns `timestamp,value`, as the bench reads them. */
export function csvOf({ start, minutes, values }: UnseenTrace): string {
  const dateOf = eachDay((day) => new Date(start + day * DAY * 60_000).toISOString().slice(0, 10));
  const rows = minutes.map((minute, row) => `${dateOf(minute)}T${TIMES[minute % DAY]}Z,${values[row]}\n`);
  return `timestamp,value\n${rows.join('')}`;
}
