import { type ExpectedEventDecision, type LedgerEntry, number } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { bold, code, when } from '../mrkdwn.ts';
import { person } from '../phrases.ts';

/** Somebody announced demand. */
export function tellExpectedEvent(decision: ExpectedEventDecision, entry: LedgerEntry): Telling {
  const { peakFloor, factor } = decision;
  return {
    importance: 'change',
    sign: 'calendar',
    headline: `${bold(decision.name)} is expected: ${number(factor, 2)} x demand`,
    before: peakFloor ? `highest floor ${peakFloor.before}` : 'the forecast alone',
    after: peakFloor ? `highest floor ${peakFloor.after}` : `${number(factor, 2)} x the forecast`,
    why: `${person(decision.by)} announced ${number(factor, 2)} x the forecast from ${when(decision.from)} to ${when(decision.until)}.`,
    money: peakFloor
      ? `at most ${peakFloor.after - peakFloor.before} more instances for that time`
      : 'more instances for that time only',
    risk: 'only money if it does not come; nothing is lowered for it',
    next: `Floors rise ahead of ${when(decision.from)}, by the group's own start-up time, and fall back after ${when(decision.until)}.`,
    stop: `${code(`/evenkeel expect ${entry.workload} --cancel`)}.`,
    once: `expected-event:${decision.name}:${decision.from}:${decision.until}:${factor}`,
    buttons: ['why'],
  };
}
