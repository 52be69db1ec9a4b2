import { MINUTES_PER_DAY, type Minute, type Minutes } from '../quantities.ts';
import { isTimeZone, localTimeOf, minuteOfLocalDay } from './time-zone.ts';

/** A weekly stretch of time in a time zone, by the clock on the wall. */
export interface ChangeWindow {
  /** Weekdays on which it begins, 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** Minutes since local midnight; `until` at or before `from` means the next day. */
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Reads `mon-fri 09:00-17:00 Europe/Berlin`; without days every day, without a zone UTC. Undefined where it is none. */
export function parseWindow(text: string): ChangeWindow | undefined {
  const match = /^(?:([a-z+-]+) )?(\d\d:\d\d)-(\d\d:\d\d)(?: (\S+))?$/.exec(text);
  if (!match) return undefined;
  const [, days, from = '', until = '', timeZone = 'UTC'] = match;
  const weekdays = days === undefined ? [0, 1, 2, 3, 4, 5, 6] : parseDays(days);
  const [start, end] = [minuteOfDay(from), minuteOfDay(until)];
  if (!weekdays || start === undefined || end === undefined || start === end || !isTimeZone(timeZone)) {
    return undefined;
  }
  return { weekdays, from: start, until: end, timeZone };
}

/** Whether a minute lies in the window; one over midnight belongs to the day it begins on. */
export function isInWindow(window: ChangeWindow, at: Minute): boolean {
  const local = localTimeOf(at, window.timeZone);
  const minute = minuteOfLocalDay(local);
  if (window.from < window.until) {
    return window.weekdays.includes(local.weekday) && minute >= window.from && minute < window.until;
  }
  const yesterday = (local.weekday + 6) % 7;
  return (
    (window.weekdays.includes(local.weekday) && minute >= window.from) ||
    (window.weekdays.includes(yesterday) && minute < window.until)
  );
}

/** Windows open once a week at the least. */
const LONGEST_WAIT: Minutes = 8 * MINUTES_PER_DAY;

/** How long until the window is open: 0 inside it; undefined for one that never opens. On a day the clocks are changed up to an hour late. */
export function untilWindow(window: ChangeWindow, at: Minute): Minutes | undefined {
  let wait = 0;
  while (wait <= LONGEST_WAIT) {
    const moment = (at + wait) as Minute;
    if (isInWindow(window, moment)) return wait;
    const minute = minuteOfLocalDay(localTimeOf(moment, window.timeZone));
    wait += (window.from - minute + MINUTES_PER_DAY) % MINUTES_PER_DAY || MINUTES_PER_DAY;
  }
  return undefined;
}

function parseDays(text: string): readonly number[] | undefined {
  const days = new Set<number>();
  for (const piece of text.split('+')) {
    const [first = '', last = first, ...rest] = piece.split('-');
    const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
    if (from < 0 || to < 0 || rest.length > 0) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === to) break;
    }
  }
  return [...days].sort((a, b) => a - b);
}

function minuteOfDay(text: string): number | undefined {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  const value = hour * 60 + minute;
  return minute < 60 && value <= MINUTES_PER_DAY ? value : undefined;
}
