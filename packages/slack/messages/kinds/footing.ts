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
    headline: "the forecast lost its footing; the tier's safe default plans now",
    before: code(decision.from),
    after: code(decision.to),
    why: `In the last ${duration(decision.hours * 60)} the floors covered ${percent(decision.coverage, 1)} of the time; ${percent(decision.intended, 1)} was intended.`,
    money: 'a little more while it lasts: the safe default keeps more in reserve',
    risk: 'lower than with a forecast that is wrong; target tracking reacts as before',
    next: 'The nightly review learns from what came. As soon as the forecast is right again, it takes over.',
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
    headline: 'the forecast is right again',
    before: code(decision.from),
    after: code(decision.to),
    why: `The floors would have covered ${percent(decision.coverage, 1)} of the time; ${percent(decision.intended, 1)} is intended.`,
    money: 'back to the chosen strategy',
    risk: 'back to the chosen strategy',
    next: 'The next tick plans with it.',
    stop: `${howToPause(entry.workload)}.`,
    once: `footing-regained:${entry.group}:${dayOf(entry.at)}`,
    buttons: ['why'],
  };
}
