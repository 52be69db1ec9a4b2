import { utc } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';

/**
 * Makes text from outside harmless in Slack's mrkdwn: `&`, `<` and `>` are how mentions, links and dates begin, so a
 * workload called `<!channel>` must not ring every phone.
 */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text from outside as code; a backtick inside would end the code, so it becomes an apostrophe. */
export function code(text: string): string {
  return `\`${escaped(text.replaceAll('`', "'").replaceAll('\n', ' '))}\``;
}

/** Bold text from outside; an asterisk inside would end the bold, so it is left out. */
export function bold(text: string): string {
  return `*${escaped(text.replaceAll('*', '').replaceAll('\n', ' '))}*`;
}

/** A minute that each reader sees in their own time zone; the fall-back is universal time. */
export function when(at: Minute): string {
  return `<!date^${at * 60}^{date_short_pretty} {time}|${utc(at)}>`;
}

/** The same text without Slack's signs, for terminals and notifications: dates in universal time, no bold, no code. */
export function plain(mrkdwn: string): string {
  return mrkdwn
    .replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<(?:https?:[^|>]*)\|([^>]*)>/g, '$1')
    .replaceAll(/<@([^>|]*)>/g, '@$1')
    .replaceAll(/[`*]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/**
 * Shortens mrkdwn to at most `limit` characters, ending in `…`, never inside a date, a link or an entity: half of one
 * would be shown as it is written.
 */
export function clip(mrkdwn: string, limit: number): string {
  if (mrkdwn.length <= limit) return mrkdwn;
  let end = limit - 1;
  const open = mrkdwn.lastIndexOf('<', end - 1);
  if (open >= 0 && mrkdwn.indexOf('>', open) >= end) end = open;
  const entity = mrkdwn.lastIndexOf('&', end - 1);
  if (entity >= 0 && entity >= end - 5 && mrkdwn.indexOf(';', entity) >= end) end = entity;
  // A surrogate pair is one character to people.
  if (/[\uD800-\uDBFF]/.test(mrkdwn.charAt(end - 1))) end -= 1;
  return `${mrkdwn.slice(0, end).trimEnd()}…`;
}
