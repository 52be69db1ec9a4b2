import { counted, type LedgerEntry, percent, type StrategyDecision } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code } from '../mrkdwn.ts';
import { howToPause, isOnlyTold, money, risk } from '../phrases.ts';

/** The nightly tournament chose another strategy. */
export function tellStrategy(decision: StrategyDecision, entry: LedgerEntry): Telling {
  const { from, to, score, runnerUp, ownerScore } = decision;
  const told = isOnlyTold(entry);
  return {
    importance: 'change',
    sign: 'change',
    headline: told ? `would plan with ${code(to)} from now on` : `plans with ${code(to)} from now on`,
    before: from === '' ? 'no strategy yet' : code(from),
    after: code(to),
    why:
      `Replayed on ${counted(decision.historyDays, 'day')} of this group's own demand its risk-adjusted cost is ` +
      `${percent(score / ownerScore, 1)} of your own configuration's; the runner-up ${code(runnerUp.strategy)} has ${percent(runnerUp.score / ownerScore, 1)}.`,
    money: money(decision.expected),
    risk: risk(decision.expected, 'in the score: a missing instance counts as much as the tier says'),
    next: told
      ? `Nothing is written in this mode; ${code('/evenkeel plan')} shows the floors it would set.`
      : 'The next tick plans with it. If its forecast is wrong for a day, target tracking alone takes over until it is right again.',
    stop: `${howToPause(entry.workload)}.`,
    once: `strategy:${entry.group}:${entry.id}`,
    buttons: told ? ['why'] : ['why', 'pause'],
    chart: true,
  };
}
