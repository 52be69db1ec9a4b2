import { MINUTES_PER_DAY, type Minute } from '../quantities.ts';
import { groupPart } from './group-part.ts';
import { OUR_PREFIX } from './scheduled-action.ts';

/**
 * The name of the step that begins in `start`: a function of group and start minute alone, so that changing a step is a put
 * under the same name (S4). Looks like `evenkeel-20261123-0935-web`, in universal time.
 */
export function stepName(group: string, start: Minute): string {
  const minuteOfDay = start % MINUTES_PER_DAY;
  const clock = `${padded(Math.floor(minuteOfDay / 60))}${padded(minuteOfDay % 60)}`;
  return `${OUR_PREFIX}${dateStamp(start - minuteOfDay)}-${clock}-${groupPart(group)}`;
}

/** `20261123` of the day that begins at `midnight`. */
function dateStamp(midnight: number): string {
  const date = new Date(midnight * 60_000);
  return `${date.getUTCFullYear()}${padded(date.getUTCMonth() + 1)}${padded(date.getUTCDate())}`;
}

function padded(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
