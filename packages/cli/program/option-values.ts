import type { Minute } from '@evenkeel/core/quantities';
import { parseMoment, TIERS, type Tier } from '@evenkeel/core/workload';
import { HIGHEST_FACTOR } from '@evenkeel/engine/answer-limits';
import { quoted, UserError } from './user-error.ts';

const MAX_STARTUP_MINUTES = 60;
const MAX_CHART_DAYS = 14;

/** `--tier`: 0 … 3. */
export function parseTier(text: string): Tier {
  const tier = TIERS.find((known) => String(known) === text);
  if (tier === undefined) {
    throw new UserError(`--tier ${quoted(text)} is not a tier; write 0 (the most critical), 1, 2 or 3.`);
  }
  return tier;
}

/** `--startup` of one replay: whole minutes from launch to in service. */
export function parseStartup(text: string): number {
  return wholeNumber(
    '--startup',
    text,
    1,
    MAX_STARTUP_MINUTES,
    'minutes from launch to in service, such as 3',
  );
}

/** `--startup` of the bench: one or more, separated by commas. */
export function parseStartups(text: string): readonly number[] {
  const startups = text.split(',').map((part) => parseStartup(part.trim()));
  return [...new Set(startups)];
}

/** `--days`: how many of the last days a chart shows. */
export function parseDays(text: string): number {
  return wholeNumber('--days', text, 1, MAX_CHART_DAYS, 'days, such as 3');
}

/** A whole number within limits; the error names the option and what to write. */
export function wholeNumber(option: string, text: string, least: number, most: number, what: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UserError(`${option} ${quoted(text)} must be a whole number from ${least} to ${most}: ${what}.`);
}

/** One of a few words; the error lists them. */
export function oneOf<Word extends string>(option: string, words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word === undefined) {
      throw new UserError(`${option} ${quoted(text)} is not known; write one of ${words.join(', ')}.`);
    }
    return word;
  };
}

/** An option that has no default and must be given; the error says how. */
export function given<Value>(value: Value | undefined, option: string, remedy: string): Value {
  if (value === undefined) throw new UserError(`${option} is missing; ${remedy}.`);
  return value;
}

/** `--factor`: above `least`, up to what can be no slip of the finger. */
export function parseFactor(text: string, least: number): number {
  const factor = /^\d{1,3}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (factor > least && factor <= HIGHEST_FACTOR) return factor;
  throw new UserError(
    `--factor ${quoted(text)} must be a number above ${least}, up to ${HIGHEST_FACTOR}, such as ${least + 0.5}.`,
  );
}

/** `--endpoint`: where AWS's calls go instead. */
export function parseEndpoint(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new UserError(
    `--endpoint ${quoted(text)} is no address; write one such as http://127.0.0.1:4566, or leave it out for AWS.`,
  );
}

/** A moment in UTC, or in the zone it names. */
export function parseTime(option: string, text: string): Minute {
  const at = parseMoment(text);
  if (at !== undefined) return at;
  throw new UserError(
    `${option} ${quoted(text)} is no time; write 2026-11-27T09:00 (UTC) or "2026-11-27T09:00 Europe/Berlin".`,
  );
}
