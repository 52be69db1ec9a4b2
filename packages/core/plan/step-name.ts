import { MINUTES_PER_DAY, type Minute } from '../quantities.ts';
import { OUR_PREFIX } from './scheduled-action.ts';

// AWS allows 255 characters in a scheduled action's name.
const LONGEST_GROUP_PART = 200;

/**
 * The name of the step that begins in `start`: a function of group and start minute alone, so that changing a step is a put
 * under the same name (S4). Looks like `evenkeel-20261123-0935-web`, in universal time.
 */
export function stepName(group: string, start: Minute): string {
  const minuteOfDay = start % MINUTES_PER_DAY;
  const clock = `${padded(Math.floor(minuteOfDay / 60))}${padded(minuteOfDay % 60)}`;
  return `${OUR_PREFIX}${dateStamp(start - minuteOfDay)}-${clock}-${shortened(group)}`;
}

/** `20261123` of the day that begins at `midnight`. */
function dateStamp(midnight: number): string {
  const date = new Date(midnight * 60_000);
  return `${date.getUTCFullYear()}${padded(date.getUTCMonth() + 1)}${padded(date.getUTCDate())}`;
}

function padded(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function shortened(group: string): string {
  if (group.length <= LONGEST_GROUP_PART) return group;
  return `${group.slice(0, LONGEST_GROUP_PART)}-${fnv1a(group).toString(36)}`;
}

/** 32-bit FNV-1a (Fowler, Noll, Vo): enough to keep names of one long prefix apart. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
