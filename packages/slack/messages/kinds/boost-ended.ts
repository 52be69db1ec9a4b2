import type { BoostEndedDecision, LedgerEntry } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code } from '../mrkdwn.ts';
import { person } from '../phrases.ts';

/** A boost is over. */
export function tellBoostEnded(decision: BoostEndedDecision, entry: LedgerEntry): Telling {
  const { floorBefore, floorNow, highestNeed } = decision;
  const ended =
    decision.because === 'expired' ? 'Its time is up' : `Ended by ${person(decision.by ?? 'a person')}`;
  return {
    importance: 'change',
    sign: 'down',
    headline: 'the boost is over',
    before: `floor ${floorBefore}`,
    after: `floor ${floorNow}`,
    why:
      highestNeed === undefined
        ? `${ended}; the plan asks for ${floorNow} instances, the boost held ${floorBefore}.`
        : `${ended}; demand needed at most ${highestNeed} instances, the boost held ${floorBefore}.`,
    money: 'back to the plan',
    risk: 'back to the plan: target tracking takes instances away step by step',
    next: 'The plan holds again.',
    stop: `If it is still needed: ${code(`/evenkeel boost ${entry.workload} --add 4 --for 2h`)}.`,
    once: `boost-ended:${entry.group}:${entry.id}`,
    buttons: ['why'],
    chart: true,
  };
}
