import { basename } from 'node:path';
import { MINUTES_PER_DAY, MS_PER_MINUTE } from '@evenkeel/core/quantities';
import { CsvError, parse } from 'csv-parse/sync';
import { quoted, UserError } from '../program/user-error.ts';
import { parseTimestamp } from './parse-timestamp.ts';
import type { TraceFile } from './trace-file.ts';

const HEADER = 'timestamp,value';
/** Decimal numbers only: what else JavaScript takes for a number (`0x10`, an empty cell) is a mistake in a trace. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Half of a trace is history and half is scored, in whole days. */
const MIN_DAYS = 2;

/**
 * Reads the text of a trace: CSV with the header `timestamp,value`, ISO-8601 timestamps rising strictly, values finite and
 * not negative. `path` is what errors call the file.
 * @throws UserError naming the file, the line, what is wrong and what to write instead.
 */
export function parseTrace(text: string, path: string): TraceFile {
  if (text.trim() === '')
    throw new UserError(`${path} is empty; write the header ${HEADER} and a row for each measurement.`);
  if (text.includes('\0'))
    throw new UserError(`${path} is not UTF-8 text (UTF-16, or no text at all); save it as UTF-8.`);
  const rows = collectRows(text, path);
  if (rows.times.length === 0)
    throw new UserError(`${path} has a header but no rows; write a row for each measurement.`);
  const trace = toTrace(rows, path);
  checkLength(trace);
  if (trace.values.every((value) => value === 0)) {
    throw new UserError(
      `${path} holds only zeros; without demand there is nothing to replay. Give a trace with some load in it.`,
    );
  }
  return trace;
}

interface Rows {
  readonly times: number[];
  readonly values: number[];
  readonly lines: number[];
}

function collectRows(text: string, path: string): Rows {
  const rows: Rows = { times: [], values: [], lines: [] };
  let headerSeen = false;
  const take = (record: string[], line: number): void => {
    if (!headerSeen) checkHeader(record, path, line);
    else addRow(rows, record, `${path}, line ${line}`, line);
    headerSeen = true;
  };
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (record: string[], context) => {
        take(record, context.lines);
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? brokenCsv(error, path) : error;
  }
  return rows;
}

function brokenCsv(error: CsvError, path: string): UserError {
  const line = typeof error.lines === 'number' ? `, line ${error.lines}` : '';
  return new UserError(
    `${path}${line}: not readable as CSV (a quote that is opened or closed in the wrong place); write plain rows such as 2026-03-01T00:00:00Z,42.`,
  );
}

function checkHeader(record: readonly string[], path: string, line: number): void {
  if (record.join(',') === HEADER) return;
  throw new UserError(
    `${path}, line ${line}: the header is ${quoted(record.join(','))}; it must be ${HEADER}.`,
  );
}

function addRow(rows: Rows, record: readonly string[], where: string, line: number): void {
  const [stamp = '', cell = ''] = record;
  if (record.length !== 2)
    throw new UserError(`${where}: ${record.length} fields instead of 2; write timestamp,value.`);
  const time = parseTimestamp(stamp);
  if (time === undefined) {
    throw new UserError(`${where}: ${quoted(stamp)} is not a timestamp; write ISO-8601${instead(stamp)}.`);
  }
  checkOrder(rows, time, stamp, where);
  rows.times.push(time);
  rows.values.push(parseValue(cell, where));
  rows.lines.push(line);
}

/** Seconds and milliseconds since 1970, as many tools export them. */
const SECONDS = /^\d{9,10}$/;
const MILLISECONDS = /^\d{12,13}$/;

/** What to write: the same time where the number can only be one, else an example. */
function instead(stamp: string): string {
  const ms = SECONDS.test(stamp)
    ? Number(stamp) * 1000
    : MILLISECONDS.test(stamp)
      ? Number(stamp)
      : undefined;
  if (ms === undefined) return ' such as 2026-03-01T00:05:00Z';
  return `, here ${new Date(ms).toISOString().slice(0, 19)}Z if these are ${ms === Number(stamp) ? 'milliseconds' : 'seconds'} since 1970`;
}

function checkOrder(rows: Rows, time: number, stamp: string, where: string): void {
  const above = rows.times.at(-1);
  if (above === undefined || time > above) return;
  const lineAbove = rows.lines.at(-1);
  throw new UserError(
    time === above
      ? `${where}: the timestamp ${stamp} stands in line ${lineAbove} already; keep one row for each timestamp.`
      : `${where}: ${stamp} is earlier than line ${lineAbove}; sort the rows by timestamp, oldest first.`,
  );
}

function parseValue(cell: string, where: string): number {
  if (cell === '')
    throw new UserError(`${where}: the value is missing; write a number, or leave the whole row out.`);
  const value = DECIMAL.test(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw new UserError(
      `${where}: the value ${quoted(cell)} is not a finite number; write one such as 42.5, or leave the row out.`,
    );
  }
  if (value < 0)
    throw new UserError(
      `${where}: the value ${cell} is negative; demand is 0 or more: correct it, or leave the row out.`,
    );
  return value;
}

function toTrace(rows: Rows, path: string): TraceFile {
  const startedAt = rows.times[0] ?? 0;
  return {
    name: basename(path).replace(/\.csv$/i, ''),
    path,
    startedAt,
    minutes: Float64Array.from(rows.times, (time) => (time - startedAt) / MS_PER_MINUTE),
    values: Float64Array.from(rows.values),
  };
}

function checkLength(trace: TraceFile): void {
  const minutes = Math.floor(trace.minutes.at(-1) ?? 0) + 1;
  if (minutes >= MIN_DAYS * MINUTES_PER_DAY) return;
  const hours = (minutes / 60).toFixed(1);
  throw new UserError(
    `${trace.path} covers ${hours} hours; give at least ${MIN_DAYS} whole days: the first half is learned from, the second is scored.`,
  );
}
