import { type BoostEndedDecision, counted, duration, type LedgerEntry, number } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { bold, code, when } from '../mrkdwn.ts';
import { person } from '../phrases.ts';

/** A boost, or announced demand, is over. */
export function tellBoostEnded(decision: BoostEndedDecision, entry: LedgerEntry): Telling {
  const { floorBefore, floorNow, from, until, name } = decision;
  const ended =
    decision.because === 'expired' ? 'Its time is up' : `Ended by ${person(decision.by ?? 'a person')}`;
  return {
    importance: 'change',
    sign: 'down',
    headline: `${whatOf(name)} is over`,
    before: `floor up to ${floorBefore}, from ${when(from)} on for ${duration(until - from)}`,
    after: `floor ${floorNow}, as planned`,
    why: `${ended}; ${usedOf(decision)}`,
    money: extraOf(decision),
    risk: 'back to the plan: target tracking takes instances away step by step',
    next: 'The plan holds again; floors go by the forecast alone.',
    stop: `If it is still needed: ${code(`/evenkeel boost ${entry.workload} --add 4 --for 2h`)}.`,
    once: `boost-ended:${entry.group}:${name}:${until}`,
    buttons: ['why'],
    chart: true,
  };
}

/** What it was for, in words: names are given by alarms, people and senders of events. */
function whatOf(name: string): string {
  const alarm = /^alarm (.+)$/.exec(name)?.[1];
  if (alarm !== undefined) return `the boost for the alarm ${code(alarm)}`;
  const by = /^boost by (.+)$/.exec(name)?.[1];
  return by === undefined ? `the announced ${bold(name)}` : `the boost by ${person(by)}`;
}

function usedOf({ highestNeed, floorBefore }: BoostEndedDecision): string {
  return highestNeed === undefined
    ? `what demand needed of the ${floorBefore} instances is not known.`
    : `demand needed at most ${counted(highestNeed, 'instance')} of the ${floorBefore} that were held.`;
}

function extraOf({ extraInstanceHours }: BoostEndedDecision): string {
  if (extraInstanceHours === undefined) return 'back to the plan';
  return extraInstanceHours === 0
    ? 'nothing: the plan alone was as high'
    : `${number(extraInstanceHours)} instance-hours held on top of the plan; back to the plan now`;
}
