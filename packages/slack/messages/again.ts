import type { Minute } from '@evenkeel/core/quantities';
import type { Block } from './block.ts';
import { idOf } from './compose.ts';
import type { Message } from './message.ts';
import { dayOf } from './phrases.ts';

/** The same question asked once more on another day: a message of its own, with its own id in its buttons. */
export function againOf(message: Message, at: Minute): Message {
  const dedupeKey = `${message.dedupeKey}/again:${dayOf(at)}`;
  const id = idOf(dedupeKey);
  const blocks = message.blocks.map((block): Block => {
    if (block.type !== 'actions') return block;
    return { ...block, elements: block.elements.map((element) => ({ ...element, value: id })) };
  });
  return { ...message, dedupeKey, id, at, day: dayOf(at), blocks };
}
