import { MINUTES_PER_DAY, type Minute, minute } from '../quantities.ts';
import { isTimeZone, localTimeOf } from './time-zone.ts';

const PATTERN = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?(Z)?(?: (\S+))?$/;

/**
 * Reads `2026-12-01`, `2026-12-01T09:00Z` or `2026-12-01T09:00 Europe/Berlin` as the minute it begins; UTC without a zone.
 * A local time that the clocks skip is read as the moment they skip to. Undefined where it is no date.
 */
export function parseMoment(text: string): Minute | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '00', minutes = '00', z, zone] = match;
  if (z !== undefined && zone !== undefined) return undefined;
  if (zone !== undefined && !isTimeZone(zone)) return undefined;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minutes}Z`);
  // Date.parse takes 30 February for 2 March in some engines: what is read back must be what was written.
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day)) return undefined;
  const wall = minute(ms / 60_000);
  return zone === undefined ? wall : fromWall(wall, zone);
}

/** The minute at which a clock in `zone` shows what a clock in UTC shows at `wall`. */
function fromWall(wall: Minute, zone: string): Minute {
  const offsetAt = (at: Minute): number => {
    const local = localTimeOf(at, zone);
    const shown = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute) / 60_000;
    return shown - at;
  };
  // The offset a day before and after brackets any change of clocks; the first that proves right is taken.
  const guesses = [-MINUTES_PER_DAY, MINUTES_PER_DAY].map(
    (around) => wall - offsetAt((wall + around) as Minute),
  );
  const right = guesses.find((guess) => guess + offsetAt(guess as Minute) === wall);
  return minute(right ?? Math.max(...guesses));
}
