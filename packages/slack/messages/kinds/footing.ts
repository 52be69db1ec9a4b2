import {
  duration,
  type FootingLostDecision,
  type FootingRegainedDecision,
  type LedgerEntry,
  percent,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code } from '../mrkdwn.ts';
import { dayOf, howToPause } from '../phrases.ts';

/** The forecast was wrong for too long. */
export function tellFootingLost(decision: FootingLostDecision, entry: LedgerEntry): Telling {
  return {
    importance: 'alert',
    sign: 'warning',
    headline: 'the forecast lost its footing; target tracking alone scales the group now',
    before: code(decision.from),
    after: `${code(decision.to)}: no floors ahead, on the target that served best without them`,
    why: `In the last ${duration(decision.hours * 60)} the floors covered ${percent(decision.coverage, 1)} of the time; ${percent(decision.intended, 1)} was intended.`,
    money: 'no floors while it lasts; the target decides how much is kept in reserve',
    risk: 'nothing looks ahead: a steep rise is met after it begins, by target tracking and the start-up time of instances',
    next: 'Every nightly review tries the forecast on the day that came; the first night on which it is right, it plans again.',
    stop: `${howToPause(entry.workload)}. If the new level was planned: ${code(`/evenkeel expect ${entry.workload}`)} tells Evenkeel next time.`,
    once: `footing-lost:${entry.group}:${dayOf(entry.at)}`,
    buttons: ['why', 'pause'],
    chart: true,
  };
}

/** The forecast is right again. */
export function tellFootingRegained(decision: FootingRegainedDecision, entry: LedgerEntry): Telling {
  return {
    importance: 'change',
    sign: 'good',
    headline: 'the forecast is right again, and plans',
    before: `${code(decision.from)}: target tracking alone`,
    after: code(decision.to),
    why: `The floors would have covered ${percent(decision.coverage, 1)} of the time; ${percent(decision.intended, 1)} is intended.`,
    money: 'as before the forecast lost its footing',
    risk: 'lower again: floors rise ahead of what is foreseen',
    next: 'The next tick writes floors again.',
    stop: `${howToPause(entry.workload)}.`,
    once: `footing-regained:${entry.group}:${dayOf(entry.at)}`,
    buttons: ['why'],
  };
}
