import { MINUTES_PER_DAY, type Minute } from '../quantities.ts';

/** What a clock on the wall of a time zone shows. Months and days of month count from 1; weekday 0 is Sunday. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** Whether the name is an IANA time zone this runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    // The constructor also takes offsets such as +02:00, which have no summer time: not what an owner means.
    return /^[A-Za-z]/.test(zone) && formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** The local time in which a minute begins. Throws a RangeError on an unknown time zone. */
export function localTimeOf(at: Minute, zone: string): LocalTime {
  const parts: Record<string, string> = {};
  for (const part of formatOf(zone).formatToParts(at * 60_000)) parts[part.type] = part.value;
  return {
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    weekday: WEEKDAYS.indexOf(parts.weekday ?? ''),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
  };
}

/** Minutes since local midnight by the clock on the wall, 0 … 1439. */
export function minuteOfLocalDay(time: LocalTime): number {
  return (time.hour * 60 + time.minute) % MINUTES_PER_DAY;
}
