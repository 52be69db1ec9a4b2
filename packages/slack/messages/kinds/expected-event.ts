import { announced, type ExpectedEventDecision, type LedgerEntry } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { bold, code, when } from '../mrkdwn.ts';
import { person } from '../phrases.ts';

/** Somebody announced demand. */
export function tellExpectedEvent(decision: ExpectedEventDecision, entry: LedgerEntry): Telling {
  const { peakFloor, factor, add = 0 } = decision;
  return {
    importance: 'change',
    sign: 'calendar',
    headline: `${bold(decision.name)} is expected: ${announced(decision, 'demand')}`,
    before: peakFloor ? `highest floor ${peakFloor.before}` : 'the forecast alone',
    after: peakFloor ? `highest floor ${peakFloor.after}` : announced(decision),
    why: `${person(decision.by)} announced ${announced(decision)} from ${when(decision.from)} to ${when(decision.until)}.`,
    money: peakFloor
      ? `at most ${peakFloor.after - peakFloor.before} more instances for that time`
      : 'more instances for that time only',
    risk: 'only money if it does not come; nothing is lowered for it',
    next: `Floors rise ahead of ${when(decision.from)}, by the group's own start-up time, and fall back after ${when(decision.until)}.`,
    stop: `${code(`/evenkeel expect ${entry.workload} --cancel "${decision.name}"`)}.`,
    once: `expected-event:${decision.name}:${decision.from}:${decision.until}:${factor}${add > 0 ? `+${add}` : ''}`,
    buttons: ['why'],
  };
}
