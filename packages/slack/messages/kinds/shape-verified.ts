import { dollars, type LedgerEntry, number, type ShapeVerifiedDecision, shape } from '@evenkeel/core/explain';
import { KEPT_SHARE } from '@evenkeel/core/rollout';
import type { Telling } from '../message.ts';
import { escaped } from '../mrkdwn.ts';
import { howToPause } from '../phrases.ts';

/** A day after a rollout: the promise against what came. */
export function tellShapeVerified(decision: ShapeVerifiedDecision, entry: LedgerEntry): Telling {
  // Older entries do not say it.
  const kept = decision.kept ?? decision.measured >= KEPT_SHARE * decision.promised;
  const hot = decision.hotMinutes;
  return {
    importance: kept ? 'change' : 'alert',
    sign: kept ? 'good' : 'warning',
    headline: kept ? 'the new instances save what was promised' : 'the new instances save less than promised',
    before: `promised ${dollars(decision.promised)} less a month`,
    after: `measured ${dollars(decision.measured)} less a month`,
    why: `On a day of real demand ${escaped(shape(decision.to))} saves ${dollars(decision.measured)} a month; ${dollars(decision.promised)} was promised.`,
    money: `${dollars(decision.measured)} less a month, measured`,
    risk: hot
      ? `${number(hot.before)} → ${number(hot.after)} hot minutes that day, replayed and measured`
      : 'as measured: no limit was broken',
    next: kept
      ? 'The measured figure goes into every later choice.'
      : 'The way back is proposed in a message of its own, and waits for an answer.',
    stop: kept
      ? `${howToPause(entry.workload)}.`
      : 'Leave the proposal of the way back unanswered: the new type stays.',
    once: `shape-verified:${decision.rollout}`,
    rollout: decision.rollout,
    buttons: ['why'],
    chart: true,
  };
}
