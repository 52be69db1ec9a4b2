import {
  decisionSentence,
  type Excuse,
  excuseSentence,
  type FloorsDecision,
  type LedgerEntry,
  notableSentence,
  number,
  type SavingsDecision,
} from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { composeSummary } from '../messages/compose.ts';
import type { Message, Telling } from '../messages/message.ts';
import { code, escaped } from '../messages/mrkdwn.ts';
import { howToPause } from '../messages/phrases.ts';

/** Excuses that say only that there is nothing to do. */
const MOST_LINES = 30;

/**
 * The routine of a workload's day in one message, for the end of its thread: floors, days verified, holds that came and went,
 * answers, and what was not done. Undefined where there was none.
 */
export function daySummary(
  workload: string,
  entries: readonly LedgerEntry[],
  at: Minute,
): Message | undefined {
  const ordered = [...entries].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const floors = ordered.flatMap(({ group, decision, outcome }) =>
    decision?.kind === 'floors' && outcome?.kind === 'applied' ? [{ group, decision }] : [],
  );
  const lines = [...floorLines(floors), ...otherLines(ordered), ...excuseLines(ordered)];
  if (lines.length === 0) return undefined;
  const saved = ordered.flatMap(({ decision }) => (decision?.kind === 'savings' ? [decision] : []));
  return composeSummary(tellingOf({ workload, floors, lines, saved }), workload, at);
}

type Floors = readonly { readonly group: string; readonly decision: FloorsDecision }[];

function tellingOf(day: {
  readonly workload: string;
  readonly floors: Floors;
  readonly lines: readonly string[];
  readonly saved: readonly SavingsDecision[];
}): Telling {
  const { floors, saved } = day;
  const [first, last] = [floors[0]?.decision, floors.at(-1)?.decision];
  const levels = floors.map(({ decision }) => decision.floorNow);
  const [lowest, highest] = [Math.min(...levels), Math.max(...levels)];
  const measured = saved.at(-1);
  return {
    importance: 'change',
    sign: 'report',
    headline:
      floors.length === 0
        ? 'the day in short'
        : `the day in short: floors between ${lowest} and ${highest}, written ${floors.length} times`,
    before: first === undefined ? 'no floor was written' : `floor ${first.floorBefore} when the day began`,
    after: last === undefined ? 'no floor was written' : `floor ${last.floorNow} when it ended`,
    why:
      last?.needNow === undefined
        ? 'Floors follow the forecast of the next hours.'
        : `At the last change demand needed ${number(last.needNow)} instances and the floor was ${last.floorNow}.`,
    money:
      measured === undefined
        ? 'measured by the nightly review'
        : `${number(measured.instanceHours.before)} → ${number(measured.instanceHours.after)} instance-hours on the day last verified`,
    risk:
      measured === undefined
        ? 'measured by the nightly review'
        : `hot minutes ${number(measured.hotMinutes.before)} → ${number(measured.hotMinutes.after)} on the day last verified`,
    next: 'The plan goes on through the night.',
    stop: `${howToPause(day.workload)}.`,
    once: 'day-summary',
    buttons: [],
    lines: day.lines.slice(0, MOST_LINES),
    chart: true,
  };
}

function floorLines(floors: Floors): readonly string[] {
  return [...Map.groupBy(floors, ({ group }) => group)].map(([group, list]) => {
    const steps = list.map(({ decision }) => decision.floorNow);
    const path = steps.filter((floor, index) => floor !== steps[index - 1]);
    const shown = path.length > 12 ? [...path.slice(0, 6), '…', ...path.slice(-6)] : path;
    return `• ${code(group)} floors ${shown.join(' → ')}`;
  });
}

function otherLines(entries: readonly LedgerEntry[]): readonly string[] {
  return entries.flatMap(({ decision }) => {
    if (decision?.kind === 'savings') return [`• ${escaped(decisionSentence(decision))}`];
    if (decision?.kind === 'release' || decision?.kind === 'answer')
      return [`• ${escaped(notableSentence(decision))}`];
    return decision?.kind === 'hold' && decision.hold === 'deploy'
      ? [`• ${escaped(notableSentence(decision))}`]
      : [];
  });
}

/** Each reason once, however often it stood in the way. */
function excuseLines(entries: readonly LedgerEntry[]): readonly string[] {
  const once = new Map<string, { readonly excuse: Excuse; count: number }>();
  for (const { excuses } of entries) {
    for (const excuse of excuses) {
      const key = `${excuse.code} ${excuse.bottleneck}`;
      const known = once.get(key);
      if (known) known.count += 1;
      else once.set(key, { excuse, count: 1 });
    }
  }
  return [...once.values()].map(
    ({ excuse, count }) =>
      `• not done: ${escaped(excuseSentence(excuse))}${count > 1 ? ` (${count} times)` : ''}`,
  );
}
