import { counted, type LedgerEntry, type ModeOfferDecision } from '@evenkeel/core/explain';
import { MODE_TAG } from '@evenkeel/core/workload';
import type { Telling } from '../message.ts';
import { code, when } from '../mrkdwn.ts';
import { money, risk } from '../phrases.ts';

/** Enough was observed to offer the next mode. */
export function tellModeOffer(decision: ModeOfferDecision, entry: LedgerEntry): Telling {
  const { from, to, observedDays } = decision;
  const hot = decision.expected.hotMinutesPerDay;
  return {
    importance: 'answer',
    sign: 'question',
    headline: `switch from ${code(from)} to ${code(to)}?`,
    before: `mode ${code(from)}: nothing is written`,
    after: `mode ${code(to)}`,
    why: hot
      ? `${counted(observedDays, 'day')} were watched; with Evenkeel there would have been ${hot.after.toFixed(1)} hot minutes a day instead of ${hot.before.toFixed(1)}.`
      : `${counted(observedDays, 'day')} were watched, enough to know what Evenkeel would have done.`,
    money: money(decision.expected),
    risk: risk(decision.expected, 'floors only add capacity; your own scaling stays'),
    next: `Nothing changes until somebody approves; the offer ends ${when(decision.expires)}. The tag ${code(MODE_TAG)} beats the button.`,
    stop: `Reject. After a switch: ${code(`/evenkeel pause ${entry.workload}`)}, or tag ${code(`evenkeel:mode=${from}`)}.`,
    once: `mode-offer:${entry.group}:${to}:${entry.id}`,
    buttons: ['approve', 'reject', 'snooze', 'why'],
    answerBefore: decision.expires,
    chart: true,
  };
}
