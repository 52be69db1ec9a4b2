import { MINUTES_PER_DAY, type Minute } from '../quantities.ts';
import type { BeforeAfter, Expectation } from './expectation.ts';
import type { ShapeAndCount } from './shape-decisions.ts';

/** A number as people read it: at most `digits` decimals, none that are zero, thousands apart: `1,240`, `0.7`, `12`. */
export function number(value: number, digits = 1): string {
  const rounded = Number(value.toFixed(digits));
  return (Object.is(rounded, -0) ? 0 : rounded).toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** A share 0 … 1 in percent: `97 %`. */
export function percent(share: number, digits = 0): string {
  return `${number(share * 100, digits)} %`;
}

/** US dollars: cents below ten dollars, whole dollars from there: `$4.20`, `$1,240`, `-$12`. */
export function dollars(value: number): string {
  const size = Math.abs(value);
  const digits = size < 9.995 ? 2 : 0;
  const text = size.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return value < 0 && Number(size.toFixed(digits)) !== 0 ? `-$${text}` : `$${text}`;
}

/** `1 instance`, `3 instances`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${Math.abs(count) === 1 ? one : many}`;
}

/** A length of time in the largest units that say it: `40 min`, `3 h`, `2 h 30 min`, `2 days`. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  if (whole < 48 * 60) {
    const rest = whole % 60;
    return rest === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${rest} min`;
  }
  return counted(whole / MINUTES_PER_DAY, 'day');
}

/** A shape and its count: `12 x m7g.large`. */
export function shape(value: ShapeAndCount): string {
  const [first = 'unknown type', ...others] = value.types;
  const more = others.length > 0 ? ` (or ${others.join(', ')})` : '';
  const spot = value.spotShare ? `, ${percent(value.spotShare)} Spot` : '';
  return `${number(value.count)} x ${first}${more}${spot}`;
}

/** Swedish is written as ISO 8601 is. */
const UNIVERSAL = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'UTC',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** A minute in universal time: `2026-11-23 09:00 UTC`. */
export function utc(at: Minute): string {
  return `${UNIVERSAL.format(at * 60_000)} UTC`;
}

/** Money a month before and after, with what it is based on: `$840 → $612 a month (list price), $228 less`. */
export function monthlyMoney(expected: Expectation | undefined): string | undefined {
  const money = expected?.dollarsPerMonth;
  if (money === undefined) return undefined;
  const basis = expected?.priceBasis === 'stated' ? 'your stated prices' : 'list price';
  return `${dollars(money.before)} → ${dollars(money.after)} a month (${basis}), ${difference(money)}`;
}

/** Instance-hours a day before and after, where no price is known: `price not known; 312 → 260 instance-hours a day, 52 fewer`. */
export function hoursWithoutPrice(expected: Expectation | undefined): string | undefined {
  const hours = expected?.instanceHoursPerDay;
  if (hours === undefined) return undefined;
  const saved = hours.before - hours.after;
  const less =
    Math.abs(saved) < 0.05 ? 'the same' : `${number(Math.abs(saved))} ${saved > 0 ? 'fewer' : 'more'}`;
  return `price not known; ${number(hours.before)} → ${number(hours.after)} instance-hours a day, ${less}`;
}

function difference({ before, after }: BeforeAfter): string {
  const saved = before - after;
  if (Math.abs(saved) < 0.005) return 'the same';
  return saved > 0 ? `${dollars(saved)} less` : `${dollars(-saved)} more`;
}

/** Hot minutes a day before and after: `hot minutes 1.2 → 0.9 a day`. */
export function hotMinutes(expected: Expectation | undefined): string | undefined {
  const hot = expected?.hotMinutesPerDay;
  return hot && `hot minutes ${number(hot.before)} → ${number(hot.after)} a day`;
}

/** Capacity that is missing before and after: `missing capacity 14 → 9 instance-minutes a day`. */
export function missingCapacity(expected: Expectation | undefined): string | undefined {
  const missing = expected?.missingPerDay;
  return (
    missing && `missing capacity ${number(missing.before)} → ${number(missing.after)} instance-minutes a day`
  );
}
