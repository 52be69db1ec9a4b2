import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { isInWindow, parseWindow, untilWindow } from './change-window.ts';
import { parseMoment } from './moment.ts';

const at = (iso: string) => (Date.parse(iso) / 60_000) as Minute;

describe('the window in which targets and shapes may change', () => {
  it.each([
    // 2026-11-23 is a Monday; Berlin is an hour ahead of UTC in winter, two in summer.
    ['mon-fri 09:00-17:00 Europe/Berlin', '2026-11-23T08:00Z', true],
    ['mon-fri 09:00-17:00 Europe/Berlin', '2026-11-23T07:59Z', false],
    ['mon-fri 09:00-17:00 Europe/Berlin', '2026-11-23T16:00Z', false],
    ['mon-fri 09:00-17:00 Europe/Berlin', '2026-11-22T10:00Z', false],
    ['mon-fri 09:00-17:00 Europe/Berlin', '2026-07-20T07:00Z', true],
    ['sat+sun 10:00-12:00', '2026-11-22T11:00Z', true],
    ['sat+sun 10:00-12:00', '2026-11-23T11:00Z', false],
    ['fri-mon 10:00-12:00', '2026-11-22T11:00Z', true],
    ['22:00-04:00', '2026-11-23T03:59Z', true],
    ['22:00-04:00', '2026-11-23T04:00Z', false],
    ['fri 22:00-04:00', '2026-11-21T03:00Z', true],
    ['fri 22:00-04:00', '2026-11-20T03:00Z', false],
    ['00:00-24:00', '2026-11-23T23:59Z', true],
  ])('%s at %s: %s', (text, moment, inside) => {
    const window = parseWindow(text);
    if (!window) throw new Error(`${text} was not read`);
    expect(isInWindow(window, at(moment))).toBe(inside);
  });

  it.each([
    '',
    'mon',
    '09:00',
    '09:00-09:00',
    '25:00-26:00',
    '09:60-10:00',
    'mon- 09:00-10:00',
    'xyz 09:00-10:00',
  ])('%j is no window', (text) => {
    expect(parseWindow(text)).toBeUndefined();
  });
});

describe('how long until a window opens', () => {
  it.each([
    ['mon-fri 09:00-17:00 Europe/Berlin', '2026-11-23T08:00Z', 0],
    ['mon-fri 09:00-17:00 Europe/Berlin', '2026-11-23T07:59Z', 1],
    ['mon-fri 09:00-17:00 Europe/Berlin', '2026-11-20T16:00Z', 3 * 1440 - 480],
    ['sat 10:00-12:00', '2026-11-21T12:00Z', 7 * 1440 - 120],
    ['22:00-04:00', '2026-11-23T04:00Z', 18 * 60],
    // The clocks are put back in between: the day has an hour more.
    ['sun 09:00-17:00 Europe/Berlin', '2026-10-24T07:00Z', 25 * 60],
  ])('%s at %s: %d minutes', (text, moment, minutes) => {
    const window = parseWindow(text);
    if (!window) throw new Error(`${text} was not read`);
    expect(untilWindow(window, at(moment))).toBe(minutes);
    expect(isInWindow(window, (at(moment) + minutes) as Minute)).toBe(true);
  });

  it('is not known for one that never does', () => {
    expect(
      untilWindow({ weekdays: [], from: 0, until: 60, timeZone: 'UTC' }, at('2026-11-23T08:00Z')),
    ).toBeUndefined();
  });
});

describe('a moment in a tag', () => {
  it.each([
    ['2026-12-01', '2026-12-01T00:00Z'],
    ['2026-12-01T09:30', '2026-12-01T09:30Z'],
    ['2026-12-01T09:30Z', '2026-12-01T09:30Z'],
    ['2026-12-01 America/New_York', '2026-12-01T05:00Z'],
    ['2026-07-01T09:00 Europe/Berlin', '2026-07-01T07:00Z'],
    // The clocks skip from 02:00 to 03:00 on this day.
    ['2026-03-29T02:30 Europe/Berlin', '2026-03-29T01:30Z'],
    ['2026-03-29T03:30 Europe/Berlin', '2026-03-29T01:30Z'],
    ['2026-03-29T01:30 Europe/Berlin', '2026-03-29T00:30Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseMoment(text)).toBe(at(expected));
  });

  it.each([
    '2026-13-01',
    '2026-11-31',
    '26-1-1',
    '2026-12-01T25:00',
    '2026-12-01T09:00Z Europe/Berlin',
    '2026-12-01 X',
  ])('%j is none', (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });
});
