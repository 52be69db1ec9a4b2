import { describe, expect, it } from 'vitest';
import { UserError } from '../program/user-error.ts';
import { parseTrace } from './parse-trace.ts';

/** Rows every 12 hours from 2026-03-01, three days long. */
const GOOD = ['timestamp,value', ...Array.from({ length: 7 }, (_, i) => `${stamp(i * 12)},${i + 1}`)];

function stamp(hours: number): string {
  return new Date(Date.UTC(2026, 2, 1, hours)).toISOString().replace('.000', '');
}

function withLine(line: number, text: string): string {
  return GOOD.with(line - 1, text).join('\n');
}

describe('parseTrace', () => {
  it('gives minutes from the first row and the values', () => {
    const trace = parseTrace(GOOD.join('\n'), 'folder/load.csv');
    expect(trace.name).toBe('load');
    expect(trace.startedAt).toBe(Date.UTC(2026, 2, 1));
    expect([...trace.minutes]).toEqual([0, 720, 1440, 2160, 2880, 3600, 4320]);
    expect([...trace.values]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('forgives a byte order mark, Windows line ends, spaces and blank lines', () => {
    const text = `\uFEFF${GOOD.join('\r\n').replaceAll(',', ' , ')}\r\n\r\n`;
    expect(parseTrace(text, 'load.csv').values.length).toBe(7);
  });

  it.each([
    ['nothing', '', /^load\.csv is empty; write the header timestamp,value/],
    ['white space only', ' \n \n', /^load\.csv is empty/],
    ['a header only', 'timestamp,value\n', /has a header but no rows/],
    [
      'another header',
      GOOD.with(0, 'time,load').join('\n'),
      /line 1: the header is "time,load"; it must be timestamp,value/,
    ],
    ['no header', GOOD.slice(1).join('\n'), /line 1: the header is "2026-03-01T00:00:00Z,1"/],
    ['a third field', withLine(4, `${stamp(24)},3,4`), /line 4: 3 fields instead of 2/],
    ['a bad timestamp', withLine(4, 'yesterday,3'), /line 4: "yesterday" is not a timestamp; write ISO-8601/],
    [
      'seconds since 1970',
      withLine(4, '1772409600,3'),
      /line 4: "1772409600" is not a timestamp; write ISO-8601, here 2026-03-02T00:00:00Z if these are seconds/,
    ],
    [
      'milliseconds since 1970',
      withLine(4, '1772409600000,3'),
      /write ISO-8601, here 2026-03-02T00:00:00Z if these are milliseconds/,
    ],
    ['UTF-16', Array.from(GOOD.join('\n')).join('\0'), /^load\.csv is not UTF-8 text/],
    [
      'a duplicate',
      withLine(4, `${stamp(12)},3`),
      /line 4: the timestamp 2026-03-01T12:00:00Z stands in line 3 already/,
    ],
    [
      'rows out of order',
      withLine(4, `${stamp(6)},3`),
      /line 4: 2026-03-01T06:00:00Z is earlier than line 3; sort/,
    ],
    ['a negative value', withLine(4, `${stamp(24)},-3`), /line 4: the value -3 is negative/],
    ['NaN', withLine(4, `${stamp(24)},NaN`), /line 4: the value "NaN" is not a finite number/],
    ['infinity', withLine(4, `${stamp(24)},Infinity`), /line 4: the value "Infinity" is not a finite number/],
    [
      'an overflowing number',
      withLine(4, `${stamp(24)},1e999`),
      /line 4: the value "1e999" is not a finite number/,
    ],
    ['hexadecimal', withLine(4, `${stamp(24)},0x10`), /line 4: the value "0x10"/],
    ['an empty value', withLine(4, `${stamp(24)},`), /line 4: the value is missing/],
    ['a lost quote', withLine(4, `"${stamp(24)},3`), /line \d+: not readable as CSV/],
    ['a day and a half', GOOD.slice(0, 5).join('\n'), /covers 36\.0 hours; give at least 2 whole days/],
    ['zeros only', GOOD.map((line) => line.replace(/,\d$/, ',0')).join('\n'), /holds only zeros/],
  ])('refuses %s in one line', (_name, text, message) => {
    const attempt = (): unknown => parseTrace(text, 'load.csv');
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow(/\n/);
  });
});
