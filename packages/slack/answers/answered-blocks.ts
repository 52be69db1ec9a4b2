import type { AnswerDecision } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import type { Showing } from '../delivery/item.ts';
import type { Block } from '../messages/block.ts';
import { ACTION_PREFIX, context } from '../messages/blocks.ts';
import type { ButtonKind, Message } from '../messages/message.ts';
import { escaped, when } from '../messages/mrkdwn.ts';
import { person } from '../messages/phrases.ts';

const DID: Readonly<Record<AnswerDecision['answer'], string>> = {
  approve: ':white_check_mark: Approved',
  reject: ':no_entry_sign: Rejected',
  snooze: ':zzz: Put off until tomorrow',
  'roll-back': ':leftwards_arrow_with_hook: Rolled back',
  pause: ':double_vertical_bar: Paused',
  resume: ':arrow_forward: Resumed',
  release: ':arrow_forward: Released',
  boost: ':arrow_up: Boosted',
  expect: ':calendar: Announced',
  'end-boost': ':arrow_down: Boost ended',
  off: ':black_square_for_stop: Switched off',
};

/** Buttons that make no sense any more after the answer; the others stay. */
const SETTLES: Readonly<Partial<Record<AnswerDecision['answer'], readonly ButtonKind[]>>> = {
  approve: ['approve', 'reject', 'snooze'],
  reject: ['approve', 'reject', 'snooze'],
  snooze: ['approve', 'reject', 'snooze'],
  'roll-back': ['roll-back'],
  pause: ['pause'],
  resume: ['resume', 'release'],
  release: ['release'],
  'end-boost': ['end-boost'],
};

/** The message as everybody sees it after an answer: who answered what and when, in place of the buttons. */
export function answered(
  message: Message,
  {
    answer,
    by,
    at,
    reason,
  }: {
    readonly answer: AnswerDecision['answer'];
    readonly by: string;
    readonly at: Minute;
    readonly reason?: string | undefined;
  },
): Showing {
  const why = reason === undefined || reason === '' ? '' : `: “${escaped(reason)}”`;
  return withLine(message, `${DID[answer]} by ${person(by)} ${when(at)}${why}`, SETTLES[answer] ?? []);
}

/** The message after its time: nobody answered, nothing was written. */
export function lapsed(message: Message, at: Minute): Showing {
  return withLine(message, `:hourglass: Lapsed ${when(at)}: nobody answered, nothing was written`, [
    'approve',
    'reject',
    'snooze',
  ]);
}

/** The message after what it tells of has ended by itself. */
export function over(
  message: Message,
  { at, button }: { readonly at: Minute; readonly button: ButtonKind },
): Showing {
  return withLine(message, `:checkered_flag: Over, as of ${when(at)}`, [button]);
}

function withLine(message: Message, line: string, gone: readonly ButtonKind[]): Showing {
  const blocks = message.blocks.flatMap((block): readonly Block[] => {
    if (block.type !== 'actions') return [block];
    const elements = block.elements.filter(
      (element) => !gone.includes(element.action_id.slice(ACTION_PREFIX.length) as ButtonKind),
    );
    return elements.length === 0 ? [context(line)] : [context(line), { ...block, elements }];
  });
  return { text: message.text, blocks: message.buttons.length === 0 ? [...blocks, context(line)] : blocks };
}
