import { BUTTON_FACES } from './blocks.ts';
import { nameOf } from './compose.ts';
import type { Message, Sign } from './message.ts';
import { plain } from './mrkdwn.ts';

const SIGNS: Readonly<Record<Sign, string>> = {
  question: '?',
  warning: '!',
  stop: '!',
  good: '+',
  back: '<',
  change: '~',
  up: '^',
  down: 'v',
  hand: '=',
  calendar: '@',
  report: '#',
};

const LABEL_WIDTH = 10;

/** The message as text for a terminal or a log: the same words as in Slack, wrapped at `width` columns. */
export function renderPlain(message: Message, width = 100): string {
  const { telling } = message;
  const parts: readonly (readonly [string, string])[] = [
    ['', `${telling.before}  →  ${telling.after}`],
    ['why', telling.why],
    ['money', telling.money],
    ['risk', telling.risk],
    ['next', telling.next],
    ['stop', telling.stop],
  ];
  const buttons = telling.buttons.map((kind) => `[${BUTTON_FACES[kind].label}]`).join(' ');
  return [
    ...wrap(`${SIGNS[telling.sign]} ${nameOf(message.workload)}: ${plain(telling.headline)}`, width, 4),
    ...parts.flatMap(([label, text]) => labelled(label, plain(text), width)),
    ...(telling.lines ?? [])
      .flatMap((line) => line.split('\n'))
      .filter((line) => line !== '```')
      .map((line) => `${' '.repeat(LABEL_WIDTH)}${emojiless(plain(line))}`),
    ...(buttons === '' ? [] : labelled('', buttons, width)),
  ].join('\n');
}

function labelled(label: string, text: string, width: number): readonly string[] {
  return wrap(`    ${label.padEnd(LABEL_WIDTH - 4)}${text}`, width, LABEL_WIDTH);
}

function emojiless(text: string): string {
  return text.replaceAll(/:[a-z_]+: /g, '');
}

/** Breaks at spaces; later lines are indented. A word longer than a line stands alone. */
function wrap(text: string, width: number, indent: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  const leading = /^ */.exec(text)?.[0] ?? '';
  for (const word of text.slice(leading.length).split(' ')) {
    const start = current === '' ? (lines.length === 0 ? leading : ' '.repeat(indent)) : `${current} `;
    if (current !== '' && start.length + word.length > width) {
      lines.push(current.trimEnd());
      current = `${' '.repeat(indent)}${word}`;
    } else current = `${start}${word}`;
  }
  return [...lines, current.trimEnd()];
}
