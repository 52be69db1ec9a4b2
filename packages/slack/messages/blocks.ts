import type { Place } from '@evenkeel/core/explain';
import type { ActionsBlock, Block, ButtonElement, ConfirmDialog, PlainText, SectionBlock } from './block.ts';
import { SLACK_LIMITS } from './block.ts';
import type { ButtonKind, Sign, Telling } from './message.ts';
import { bold, clip, escaped } from './mrkdwn.ts';

const EMOJI: Readonly<Record<Sign, string>> = {
  question: ':raising_hand:',
  warning: ':warning:',
  stop: ':octagonal_sign:',
  good: ':white_check_mark:',
  back: ':leftwards_arrow_with_hook:',
  change: ':arrows_counterclockwise:',
  up: ':arrow_up:',
  down: ':arrow_down:',
  hand: ':hand:',
  calendar: ':calendar:',
  report: ':bar_chart:',
};

interface ButtonFace {
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: string;
}

/** What stands on the buttons; what cannot be taken back lightly asks again. */
export const BUTTON_FACES: Readonly<Record<ButtonKind, ButtonFace>> = {
  approve: { label: 'Approve', style: 'primary' },
  reject: { label: 'Reject…' },
  snooze: { label: 'Ask me tomorrow' },
  why: { label: 'Why?' },
  'roll-back': {
    label: 'Roll back',
    style: 'danger',
    confirm: 'What was changed comes back: the old instances one after the other, or your own target.',
  },
  pause: {
    label: 'Pause',
    style: 'danger',
    confirm: 'Evenkeel takes its pending floors away and gives your target back. Your own scaling goes on.',
  },
  resume: { label: 'Resume' },
  release: { label: 'Release hold', confirm: 'Evenkeel takes up its plan again at the next tick.' },
  'end-boost': { label: 'End boost', confirm: 'The floor falls back to the plan.' },
};

/** What the message is about, besides what it says: set by the composer. */
export interface Frame {
  readonly workload: string;
  /** One line under the message: groups, time, id. */
  readonly footer: string;
  /** What buttons carry: the message's id. */
  readonly answersTo: string;
}

/** The message as Block Kit, within Slack's limits whatever its parts contain. */
export function blocksOf(telling: Telling, frame: Frame): readonly Block[] {
  const field = (title: string, text: string) => ({
    type: 'mrkdwn' as const,
    text: clip(`*${title}*\n${text}`, SLACK_LIMITS.fieldText),
  });
  const blocks: Block[] = [
    section(`${EMOJI[telling.sign]} ${bold(frame.workload)}: ${telling.headline}`),
    {
      type: 'section',
      fields: [
        field('Before', telling.before),
        field('After', telling.after),
        field('Money', telling.money),
        field('Risk', telling.risk),
      ],
    },
    section(`*Why*  ${telling.why}\n*Next*  ${telling.next}\n*How to stop it*  ${telling.stop}`),
    ...lineSections(telling.lines ?? []),
  ];
  if (telling.buttons.length > 0) blocks.push(actionsBlock(telling.buttons, frame.answersTo));
  blocks.push(context(frame.footer));
  return blocks;
}

/** A section of mrkdwn, shortened to what Slack takes. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: clip(text, SLACK_LIMITS.sectionText) } };
}

/** A line in small print. */
export function context(text: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clip(text, SLACK_LIMITS.contextText) }] };
}

const MOST_LINE_SECTIONS = 20;

/** Lines packed into as few sections as hold them; what does not fit is counted, not dropped in silence. */
function lineSections(lines: readonly string[]): readonly SectionBlock[] {
  const texts: string[] = [];
  let current = '';
  for (const [index, line] of lines.entries()) {
    const short = clip(line, SLACK_LIMITS.sectionText);
    if (current !== '' && current.length + 1 + short.length > SLACK_LIMITS.sectionText) {
      texts.push(current);
      current = '';
      if (texts.length === MOST_LINE_SECTIONS) {
        return [...texts.map(section), section(`… and ${lines.length - index} more lines`)];
      }
    }
    current = current === '' ? short : `${current}\n${short}`;
  }
  if (current !== '') texts.push(current);
  return texts.map(section);
}

export const ACTION_PREFIX = 'evenkeel:';

function actionsBlock(buttons: readonly ButtonKind[], answersTo: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: 'evenkeel:answers',
    elements: buttons.map((kind) => button(kind, answersTo)),
  };
}

function button(kind: ButtonKind, value: string): ButtonElement {
  const face = BUTTON_FACES[kind];
  return {
    type: 'button',
    action_id: `${ACTION_PREFIX}${kind}`,
    text: plainText(face.label, SLACK_LIMITS.buttonText),
    value,
    ...(face.style && { style: face.style }),
    ...(face.confirm && { confirm: confirmation(face.label, face.confirm) }),
  };
}

function confirmation(label: string, text: string): ConfirmDialog {
  return {
    title: plainText(`${label}?`, SLACK_LIMITS.confirmTitle),
    text: plainText(text, SLACK_LIMITS.confirmText),
    confirm: plainText(label, SLACK_LIMITS.confirmButton),
    deny: plainText('Leave it', SLACK_LIMITS.confirmButton),
  };
}

function plainText(text: string, limit: number): PlainText {
  return { type: 'plain_text', text: text.length <= limit ? text : `${text.slice(0, limit - 1)}…` };
}

/** The line under a message; `id` is what `/evenkeel approve WORKLOAD ID` takes. */
export function footerOf(options: {
  readonly groups: readonly string[];
  readonly place?: Place | undefined;
  readonly at: string;
  readonly id: string;
}): string {
  const { groups, place, at, id } = options;
  const where = place === undefined ? [] : [escaped(`${place.account} ${place.region}`)];
  return [...groups.map(escaped), ...where, at, id].join(' · ');
}
