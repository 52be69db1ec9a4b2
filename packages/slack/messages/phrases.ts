import {
  type Expectation,
  hotMinutes,
  hoursWithoutPrice,
  type LedgerEntry,
  missingCapacity,
  monthlyMoney,
} from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { code, escaped } from './mrkdwn.ts';

/** Said where no figure is known: a message never guesses one. */
export const MONEY_UNKNOWN = 'not known yet; the nightly review measures it';

/** Money a month; instance-hours where the price is not known; else that nothing is known. */
export function money(expected: Expectation | undefined): string {
  return monthlyMoney(expected) ?? hoursWithoutPrice(expected) ?? MONEY_UNKNOWN;
}

/** Hot minutes or missing capacity a day, or `otherwise` where the replay does not say. */
export function risk(expected: Expectation | undefined, otherwise: string): string {
  const hot = hotMinutes(expected);
  // The word is Evenkeel's own: who is woken at night must not have to look it up.
  return hot === undefined ? (missingCapacity(expected) ?? otherwise) : `${hot} (need above capacity)`;
}

/** The command that pauses the workload, with the tag that does the same for good. */
export function howToPause(workload: string): string {
  return `${code(`/evenkeel pause ${workload}`)}, or tag the group ${code('evenkeel:mode=observe')}`;
}

/** Whether the decision was told but not written, as the workload's mode wants. */
export function isOnlyTold(entry: LedgerEntry): boolean {
  return entry.outcome?.kind === 'told';
}

/** The day of a minute in universal time: `2026-11-23`. */
export function dayOf(at: Minute): string {
  return ISO_DAY.format(at * 60_000);
}

const ISO_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short' });

/** The week of a minute, counted from 1970: what is told again after a week has it in its key. */
export function weekOf(at: Minute): number {
  return Math.floor(at / (7 * MINUTES_PER_DAY));
}

/** A person's stable id as a mention where it is one of Slack's; else as text. */
export function person(id: string): string {
  const slack = /^slack:([UW][A-Z0-9]{2,20})$/.exec(id)?.[1];
  return slack === undefined ? escaped(id) : `<@${slack}>`;
}
