import {
  counted,
  type DigestDecision,
  type DigestLine,
  dollars,
  number,
  percent,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { bold, code, escaped, when } from '../mrkdwn.ts';
import { MONEY_UNKNOWN } from '../phrases.ts';

/** The week in one message. */
export function tellDigest(decision: DigestDecision): Telling {
  const money = sum(decision.workloads.map((line) => line.dollarsPerMonth));
  const hours = sum(decision.workloads.map((line) => line.instanceHours));
  const hot = sum(decision.workloads.map((line) => line.hotMinutesPerDay));
  const changes = decision.workloads.reduce((total, line) => total + line.changes, 0);
  const measured = decision.workloads.filter((line) => line.dollarsPerMonth ?? line.instanceHours).length;
  const waiting = decision.waiting.length;
  const error =
    decision.replayError === undefined ? '' : `, the replay is off by ${percent(decision.replayError, 1)}`;
  return {
    importance: 'change',
    sign: 'report',
    headline: `the week: ${counted(changes, 'change')}, ${waiting === 0 ? 'nothing waits' : `${waiting} waiting for an answer`}`,
    before: usedBefore(money, hours),
    after: usedAfter(money, hours),
    why: `Measured on the demand that really came, ${measured} of ${counted(decision.workloads.length, 'workload')}${error}.`,
    money: money ? saving(money) : hours ? fewerHours(hours) : MONEY_UNKNOWN,
    risk: hot
      ? `hot minutes ${number(hot.before)} → ${number(hot.after)} a day, all workloads together`
      : 'not measured yet',
    next:
      waiting === 0
        ? 'Nothing is wanted of you.'
        : 'These wait for an answer; without one they lapse and nothing is written.',
    stop: `${code('/evenkeel pause --all')} stops everything, ${code('/evenkeel pause')} with a name one workload.`,
    once: `digest:${decision.from}`,
    buttons: [],
    lines: [
      ...decision.waiting.map(
        (item) =>
          `:raising_hand: ${bold(item.workload)}: ${escaped(item.line)}  ${code(`/evenkeel approve ${item.workload}`)}`,
      ),
      ...[...decision.workloads].sort(byImportance).map(workloadLine),
      ...undelivered(decision),
      `From ${when(decision.from)} to ${when(decision.until)}.`,
    ],
  };
}

type Figures = { readonly before: number; readonly after: number } | undefined;

function usedBefore(money: Figures, hours: Figures): string {
  if (money) return `${dollars(money.before)} a month by your own configuration`;
  return hours ? `${number(hours.before, 0)} instance-hours by your own configuration` : 'not measured yet';
}

function usedAfter(money: Figures, hours: Figures): string {
  if (money) return `${dollars(money.after)} a month as it ran`;
  return hours ? `${number(hours.after, 0)} instance-hours as it ran` : 'not measured yet';
}

function fewerHours({ before, after }: { readonly before: number; readonly after: number }): string {
  const share = before > 0 ? (before - after) / before : 0;
  return share >= 0
    ? `${percent(share, 1)} fewer instance-hours`
    : `${percent(-share, 1)} more instance-hours`;
}

function workloadLine(line: DigestLine): string {
  const parts = [
    line.dollarsPerMonth
      ? saving(line.dollarsPerMonth)
      : line.instanceHours && fewerHours(line.instanceHours),
    line.hotMinutesPerDay &&
      `hot minutes ${number(line.hotMinutesPerDay.before)} → ${number(line.hotMinutesPerDay.after)} a day`,
    line.changes > 0 && counted(line.changes, 'change'),
  ].filter((part): part is string => typeof part === 'string');
  return `• ${bold(line.workload)}: ${parts.length === 0 ? 'nothing changed' : parts.join(', ')}`;
}

function undelivered(decision: DigestDecision): readonly string[] {
  if (decision.undelivered.length === 0) return [];
  return [
    `*Could not be delivered when it was due* (${decision.undelivered.length}):`,
    ...decision.undelivered.map((item) => `• ${bold(item.workload)}: ${escaped(item.line)}`),
  ];
}

function saving({ before, after }: { readonly before: number; readonly after: number }): string {
  const saved = before - after;
  return saved >= 0 ? `${dollars(saved)} less a month` : `${dollars(-saved)} more a month`;
}

/** The largest saving first; what costs more comes right after, what is not measured last. */
function byImportance(a: DigestLine, b: DigestLine): number {
  const size = ({ dollarsPerMonth, instanceHours }: DigestLine) => {
    const figures = dollarsPerMonth ?? instanceHours;
    return figures === undefined ? -1 : Math.abs(figures.before - figures.after);
  };
  return size(b) - size(a) || (a.workload < b.workload ? -1 : 1);
}

function sum(values: readonly ({ readonly before: number; readonly after: number } | undefined)[]) {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  return {
    before: known.reduce((total, value) => total + value.before, 0),
    after: known.reduce((total, value) => total + value.after, 0),
  };
}
