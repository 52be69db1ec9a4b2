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

export interface DayReportOptions {
  readonly paint: Paint;
  readonly columns: number;
  /** Kinds of messages that were shown in full already; the report adds to it. */
  readonly shown: Set<string>;
  /** How often each workload's raises were shown; the report counts on. */
  readonly raised: Map<string, number>;
}

/** What a simulated day brought: messages, the largest raises of a floor, what was left undone, what people did. */
export function dayReport(day: DemoDay, options: DayReportOptions): string {
  const items = [
    ...messagesOf(day.entries).map((message) => messageItem(message, options)),
    ...largestRaises(day.entries, options.raised).map((entry) => raiseItem(entry, options)),
    ...day.entries.filter(saysNothingToGain).map((entry) => excuseItem(entry, options)),
    ...day.scenes.map(({ at, workload, tells }) => lineItem(at, 'people', `${workload}: ${tells}`, options)),
  ].toSorted((a, b) => a.at - b.at);
  const title = options.paint('strong', dateOf(day.start));
  return `\n${[title, ...items.flatMap(({ lines }) => lines)].join('\n')}\n`;
}

/** The first message of a kind stands in full, as Slack would show it; its likes in a line. */
function messageItem(message: Message, options: DayReportOptions): Item {
  const { paint, columns, shown } = options;
  if (shown.has(message.kind)) return lineItem(message.at, 'Slack', message.text, options);
  shown.add(message.kind);
  const width = Math.min(columns, MOST_COLUMNS) - LEFT.length - 2;
  const [head = '', ...rest] = renderPlain(message, width).split('\n');
  const item = lineItem(message.at, 'Slack', head, options);
  const body = rest.map((text) => `${LEFT}${paint('quiet', '│')}${text.slice(2)}`);
  return { at: message.at, lines: [...item.lines, ...body] };
}

function raiseItem(entry: LedgerEntry, options: DayReportOptions): Item {
  return lineItem(
    entry.at,
    'floor',
    `${entry.workload}: ${decisionSentence(entry.decision as FloorsDecision)}`,
    options,
  );
}

function excuseItem(entry: LedgerEntry, options: DayReportOptions): Item {
  const reasons = entry.excuses.map(excuseSentence).join(' ');
  return lineItem(entry.at, 'excuse', `${entry.workload}: ${reasons}`, options);
}

function lineItem(at: Minute, kind: string, text: string, { paint, columns }: DayReportOptions): Item {
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
