import { MINUTES_PER_DAY, type Minute } from '../quantities.ts';
import { localTimeOf } from '../workload/time-zone.ts';
import type { ScheduledAction } from './scheduled-action.ts';

/** A parsed five-field cron: minute, hour, day of month, month, day of week (0 and 7 are Sunday). */
interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** Cron's own oddity: where both day fields are restricted, one of them is enough. */
  readonly eitherDay: boolean;
}

const FIELDS = [
  { from: 0, to: 59, names: [] },
  { from: 0, to: 23, names: [] },
  { from: 1, to: 31, names: [] },
  { from: 1, to: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { from: 0, to: 7, names: 'sun mon tue wed thu fri sat'.split(' ') },
] as const;

// An offset from UTC changes only at quarter hours, so one look at the local time serves 15 minutes.
const BLOCK = 15;
const LONGEST_SEARCH_DAYS = 366;

/**
 * The minutes from `from` (inclusive) to `to` (exclusive) in which a scheduled action runs: its start, and for a recurring one
 * every further match of its cron in its time zone before its end. A cron that cannot be read gives only the start.
 */
export function runsBetween(action: ScheduledAction, from: Minute, to: Minute): readonly Minute[] {
  const runs: Minute[] = action.start >= from && action.start < to ? [action.start] : [];
  const cron = action.recurrence === undefined ? undefined : parseCron(action.recurrence);
  if (!cron) return runs;
  const last = Math.min(to, action.end ?? to);
  const first = Math.max(from, action.start + 1);
  const zone = action.timeZone ?? 'UTC';
  for (let block = Math.floor(first / BLOCK) * BLOCK; block < last; block += BLOCK) {
    for (const at of matchesInBlock(cron, block as Minute, zone)) if (at >= first && at < last) runs.push(at);
  }
  return runs;
}

/** The first run after `after`, undefined where there is none within a year. */
export function nextRun(action: ScheduledAction, after: Minute): Minute | undefined {
  for (let day = 0; day < LONGEST_SEARCH_DAYS; day++) {
    const from = (after + 1 + day * MINUTES_PER_DAY) as Minute;
    const [first] = runsBetween(action, from, (from + MINUTES_PER_DAY) as Minute);
    if (first !== undefined) return first;
    if (action.recurrence === undefined && action.start < from) return undefined;
  }
  return undefined;
}

function matchesInBlock(cron: Cron, block: Minute, zone: string): Minute[] {
  const local = localTimeOf(block, zone);
  const dayMatches = cron.eitherDay
    ? cron.days.has(local.day) || cron.weekdays.has(local.weekday)
    : cron.days.has(local.day) && cron.weekdays.has(local.weekday);
  if (!dayMatches || !cron.months.has(local.month) || !cron.hours.has(local.hour)) return [];
  const offsets = Array.from({ length: BLOCK }, (_, i) => i);
  return offsets.filter((i) => cron.minutes.has(local.minute + i)).map((i) => (block + i) as Minute);
}

function parseCron(text: string): Cron | undefined {
  const parts = text.trim().toLowerCase().split(/\s+/);
  if (parts.length !== FIELDS.length) return undefined;
  const sets = parts.map((part, i) => parseField(part, FIELDS[i]!));
  const [minutes, hours, days, months, weekdays] = sets;
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  if (weekdays.has(7)) weekdays.add(0);
  return { minutes, hours, days, months, weekdays, eitherDay: parts[2] !== '*' && parts[4] !== '*' };
}

function parseField(part: string, field: (typeof FIELDS)[number]): Set<number> | undefined {
  const numberOf = (text: string): number => {
    const name = (field.names as readonly string[]).indexOf(text);
    return name >= 0 ? name + (field.from === 1 ? 1 : 0) : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const values = new Set<number>();
  for (const piece of part.split(',')) {
    const [range = '', stepText = '1'] = piece.split('/');
    const [first = '', last] = range === '*' ? [String(field.from), String(field.to)] : range.split('-');
    const from = numberOf(first);
    const to = last === undefined ? (piece.includes('/') ? field.to : from) : numberOf(last);
    const step = Number(stepText);
    if (!(from >= field.from && to <= field.to && from <= to && step >= 1)) return undefined;
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}
