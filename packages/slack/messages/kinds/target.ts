import {
  type BeforeAfter,
  dollars,
  type LedgerEntry,
  number,
  type TargetDecision,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, when } from '../mrkdwn.ts';
import { howToPause, isOnlyTold, money, risk } from '../phrases.ts';

/** S8: up slowly, down at once. */
const POINTS_A_DAY = 5;

/** The target of target tracking was changed, is recommended, or waits for an answer. */
export function tellTarget(decision: TargetDecision, entry: LedgerEntry): Telling {
  const { from, to, owner, asks } = decision;
  const values = `${number(from)} % → ${number(to)} %`;
  const lower = to < from;
  const base = {
    before: `CPU target ${number(from)} %`,
    after: `CPU target ${number(to)} %`,
    why: whyOf(decision),
    money: money(decision.expected),
    risk: risk(
      decision.expected,
      lower
        ? 'lower than before: more capacity in reserve'
        : 'less capacity in reserve; the floors cover what is foreseen',
    ),
    once: `target:${entry.group}:${entry.id}`,
    chart: true,
  };
  if (asks !== undefined) {
    return {
      ...base,
      importance: 'answer',
      sign: 'question',
      headline: `change the CPU target ${values}?`,
      next: `Nothing is written until somebody approves; the offer ends ${when(asks.expires)}.`,
      stop: `Reject, or let it lapse. Later: ${howToPause(entry.workload)}.`,
      buttons: ['approve', 'reject', 'snooze', 'why'],
      answerBefore: asks.expires,
    };
  }
  if (isOnlyTold(entry)) {
    return {
      ...base,
      importance: 'change',
      sign: 'change',
      headline: `recommends the CPU target ${values}`,
      next: `Nothing is written in this mode; with ${code('evenkeel:mode=auto')} Evenkeel does it by itself.`,
      stop: `Nothing to stop. To hear no more of it: ${howToPause(entry.workload)}.`,
      buttons: ['why'],
    };
  }
  return {
    ...base,
    importance: 'change',
    sign: 'change',
    headline: `CPU target ${values}`,
    next: `It is a lease: unless Evenkeel renews it every night, AWS itself gives your ${number(owner)} % back.`,
    stop:
      to === owner
        ? `${howToPause(entry.workload)}.`
        : `Press Roll back: your ${number(owner)} % comes back and is left alone for two weeks. Everything: ${howToPause(entry.workload)}.`,
    buttons: to === owner ? ['why', 'pause'] : ['roll-back', 'why', 'pause'],
  };
}

/** What each target costs and lacks, where the replay knows it. */
function whyOf({ from, to, owner, expected }: TargetDecision): string {
  const than = to > from && from === owner ? `your ${number(owner)} %` : `${number(from)} % now`;
  const pace = to > from ? ` A target rises at most ${POINTS_A_DAY} points a day.` : '';
  const [after, before] = [figuresOf(expected, 'after'), figuresOf(expected, 'before')];
  const compared =
    after === ''
      ? `${number(to)} % does better than ${than}`
      : `${number(to)} % means ${after}, ${than} ${before}`;
  return `Replayed on this group's own demand, ${compared}.${pace}`;
}

function figuresOf(expected: TargetDecision['expected'], side: keyof BeforeAfter): string {
  const { dollarsPerMonth, hotMinutesPerDay, missingPerDay } = expected ?? {};
  const parts = [
    dollarsPerMonth && `${dollars(dollarsPerMonth[side])} a month`,
    hotMinutesPerDay
      ? `${number(hotMinutesPerDay[side])} hot minutes a day`
      : missingPerDay && `${number(missingPerDay[side])} missing instance-minutes a day`,
  ];
  return parts.filter((part) => part !== undefined).join(' with ');
}
