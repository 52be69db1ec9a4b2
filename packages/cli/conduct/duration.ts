import { MINUTES_PER_DAY, type Minutes } from '@evenkeel/core/quantities';
import { quoted, UserError } from '../program/user-error.ts';

const MINUTES_OF: Readonly<Record<string, Minutes>> = { m: 1, h: 60, d: MINUTES_PER_DAY };
const LONGEST: Minutes = 90 * MINUTES_PER_DAY;

/** `90m`, `2h`, `3d` in minutes, up to 90 days. */
export function parseDuration(text: string): Minutes {
  const [, number, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  const minutes = Number(number) * (MINUTES_OF[unit ?? ''] ?? Number.NaN);
  if (minutes <= LONGEST) return minutes;
  throw new UserError(`--for ${quoted(text)} is not a length of time up to 90 days; write 90m, 2h or 3d.`);
}
