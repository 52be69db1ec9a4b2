import { context } from '../messages/blocks.ts';
import { sayPlainly } from '../messages/say-plainly.ts';
import type { Post, Transport } from '../transports/transport.ts';
import type { Item } from './item.ts';
import type { Address } from './threads.ts';

const PERHAPS_TOLD =
  "_You may have seen this already: Slack's answer to the first post was lost on the way, so it is posted once more._";

/** The post of an item: the same every time, so that it can be found. */
export function postOf(item: Item, { channel, thread }: Address, transport: Pick<Transport, 'kind'>): Post {
  const { message } = item;
  const plainly = item.plain === true || transport.kind === 'webhook';
  const repeated = item.perhapsTold === true;
  return {
    channel,
    id: message.id,
    text: plainly
      ? `${sayPlainly(message, { slashCommands: transport.kind === 'bot' })}${repeated ? `\n${PERHAPS_TOLD}` : ''}`
      : message.text,
    blocks: plainly ? [] : repeated ? [...message.blocks, context(PERHAPS_TOLD)] : message.blocks,
    ...(thread !== undefined && {
      thread,
      // Who has muted the thread must still see what waits for an answer or has gone wrong.
      broadcast: message.importance !== 'change' && !item.message.quiet,
    }),
  };
}
