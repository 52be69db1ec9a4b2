import {
  decisionSentence,
  excuseSentence,
  type FloorsDecision,
  type LedgerEntry,
} from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { type Message, messagesOf, renderPlain } from '@evenkeel/slack/messages';
import type { Paint } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';
import type { DemoDay } from './live-demo.ts';

/** Routine is never a message; the demo shows the largest of each day's raises all the same. */
const RAISES_SHOWN = 2;
const LEAST_RAISE = 3;
const MOST_COLUMNS = 100;
const LEFT = ' '.repeat(9);

interface Item {
  readonly at: Minute;
  readonly lines: readonly string[];
}

interface Look {
  readonly paint: Paint;
  readonly columns: number;
}

/** Tells one day after the other, remembering what it has told in full. */
export interface DayTeller {
  /** What a simulated day brought: messages, the largest raises of a floor, what was left undone, what people did. */
  readonly tell: (day: DemoDay) => string;
  /** How many Slack messages the days told so far came to. */
  readonly messages: () => number;
}

/** A teller at its beginning. */
export function createDayTeller(look: Look): DayTeller {
  const kindsShown = new Set<string>();
  const raised = new Map<string, number>();
  let told = 0;
  const tell = (day: DemoDay): string => {
    const messages = messagesOf(day.entries);
    told += messages.length;
    const items = [
      ...messageItems(messages, kindsShown, look),
      ...largestRaises(day.entries, raised).map((entry) => raiseItem(entry, look)),
      ...day.entries.filter(saysNothingToGain).map((entry) => excuseItem(entry, look)),
      ...day.scenes.map(({ at, workload, tells }) => lineItem(at, 'people', `${workload}: ${tells}`, look)),
    ].toSorted((a, b) => a.at - b.at);
    return `\n${[look.paint('strong', dateOf(day.start)), ...items.flatMap(({ lines }) => lines)].join('\n')}\n`;
  };
  return { tell, messages: () => told };
}

/** The first message of a kind stands in full, as Slack would show it; what came of a workload at once later, in a line. */
function messageItems(messages: readonly Message[], shown: Set<string>, look: Look): readonly Item[] {
  const isFirst = (message: Message): boolean =>
    !shown.has(message.kind) && shown.add(message.kind).has(message.kind);
  const [first, later] = partition(messages, isFirst);
  const together = Map.groupBy(later, ({ at, workload }) => `${at} ${workload}`).values();
  return [
    ...first.map((message) => fullItem(message, look)),
    ...[...together].map((own) => {
      const [head, ...rest] = own as [Message, ...Message[]];
      const more = rest.map(({ text, workload }) => `; ${text.replace(`${workload}: `, '')}`);
      return lineItem(head.at, 'Slack', head.text + more.join(''), look);
    }),
  ];
}

function partition<Value>(
  values: readonly Value[],
  test: (value: Value) => boolean,
): readonly [Value[], Value[]] {
  const yes: Value[] = [];
  const no: Value[] = [];
  for (const value of values) (test(value) ? yes : no).push(value);
  return [yes, no];
}

function fullItem(message: Message, look: Look): Item {
  const width = Math.min(look.columns, MOST_COLUMNS) - LEFT.length - 2;
  const [head = '', ...rest] = renderPlain(message, width).split('\n');
  const item = lineItem(message.at, 'Slack', head, look);
  const body = rest
    .flatMap((text) => wrap(text.slice(2), width, ' '.repeat(10)))
    .map((text) => `${LEFT}${look.paint('quiet', '│')}${text}`);
  return { at: message.at, lines: [...item.lines, ...body] };
}

function raiseItem(entry: LedgerEntry, look: Look): Item {
  return lineItem(
    entry.at,
    'floor',
    `${entry.workload}: ${decisionSentence(entry.decision as FloorsDecision)}`,
    look,
  );
}

function excuseItem(entry: LedgerEntry, look: Look): Item {
  const reasons = entry.excuses.map(excuseSentence).join(' ');
  return lineItem(entry.at, 'excuse', `${entry.workload}: ${reasons}`, look);
}

function lineItem(at: Minute, kind: string, text: string, { paint, columns }: Look): Item {
  const style = kind === 'Slack' ? 'need' : kind === 'people' ? 'careful' : 'quiet';
  const width = Math.min(columns, MOST_COLUMNS) - LEFT.length - 8;
  const [head = '', ...rest] = wrap(text, width);
  const first = `  ${timeOf(at)}  ${paint(style, kind.padEnd(6))}  ${head}`;
  return { at, lines: [first, ...rest.map((line) => `${LEFT}${' '.repeat(8)}${line}`)] };
}

/** The largest raise of each workload; those come first whose raises were shown least. */
function largestRaises(entries: readonly LedgerEntry[], raised: Map<string, number>): readonly LedgerEntry[] {
  const raise = ({ decision }: LedgerEntry): number =>
    decision?.kind === 'floors' ? decision.floorNow - decision.floorBefore : 0;
  const times = ({ workload }: LedgerEntry): number => raised.get(workload) ?? 0;
  const largest = [...Map.groupBy(entries, ({ workload }) => workload).values()]
    .map((own) => own.toSorted((a, b) => raise(b) - raise(a))[0] as LedgerEntry)
    .filter((entry) => raise(entry) >= LEAST_RAISE)
    .toSorted((a, b) => times(a) - times(b) || raise(b) - raise(a))
    .slice(0, RAISES_SHOWN);
  for (const entry of largest) raised.set(entry.workload, times(entry) + 1);
  return largest;
}

function saysNothingToGain(entry: LedgerEntry): boolean {
  return (
    entry.excuses.some(({ code }) => code === 'no-better-strategy') && entry.decision?.kind === 'strategy'
  );
}

const DATE = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

function dateOf(at: Minute): string {
  return DATE.format(at * 60_000);
}

function timeOf(at: Minute): string {
  return new Date(at * 60_000).toISOString().slice(11, 16);
}
