import { FLEET } from '@evenkeel/core/explain';
import { FOLD_WINDOW } from '../messages/fold.ts';
import type { Message } from '../messages/message.ts';
import type { PostedAt } from '../transports/transport.ts';
import type { Delivery } from './delivery.ts';
import { COLLECTIONS, forgottenAt, type Item } from './item.ts';
import { channelOf } from './route.ts';

/** Where a message is sent to; without a thread it begins one. */
export interface Address {
  readonly channel: string;
  readonly thread?: string;
}

/** Where a message belongs; undefined for a summary that has no thread to stand in. */
export async function addressOf(delivery: Delivery, item: Item): Promise<Address | undefined> {
  const { message } = item;
  const channel = item.inDefaultChannel
    ? delivery.routes.defaultChannel
    : await channelOf(message, delivery.routes);
  if (delivery.transport.kind === 'webhook') return message.onlyInThread ? undefined : { channel };
  const thread =
    (await foldThread(delivery, message, channel)) ?? (await dayThread(delivery, message, channel));
  if (thread !== undefined) return { channel, thread };
  return message.onlyInThread ? undefined : { channel };
}

/** Remembers a message that was told as what later ones stand under: those of its workload and day, or stragglers of its event. */
export async function rememberThread(
  { documents, routes, clock }: Delivery,
  { message, members }: Item,
  { sentTo, place }: { readonly sentTo: Address; readonly place: PostedAt },
): Promise<void> {
  if (place.ts !== undefined && sentTo.thread === undefined) {
    await documents.write(COLLECTIONS.threads, dayKey(message, sentTo.channel), place, {
      expected: 0,
      expires: forgottenAt(clock.now()),
    });
  }
  if (members === undefined || message.workload !== FLEET) return;
  const standing = await documents.read<Fold>(COLLECTIONS.folds, message.kind);
  const fold: Fold = { at: message.at, place, channel: routes.defaultChannel };
  await documents.write(COLLECTIONS.folds, message.kind, fold, { expected: standing?.version ?? 0 });
}

async function dayThread(
  { documents }: Delivery,
  message: Message,
  channel: string,
): Promise<string | undefined> {
  const first = await documents.read<PostedAt>(COLLECTIONS.threads, dayKey(message, channel));
  return first?.value.ts;
}

function dayKey(message: Message, channel: string): string {
  return `${message.workload}|${message.day}|${channel}`;
}

/** A message about the whole fleet that stands for many. */
interface Fold {
  readonly at: number;
  readonly place: PostedAt;
  readonly channel: string;
}

/** Stragglers of a fleet-wide event stand under its message, not in the channel. */
async function foldThread(
  { documents }: Delivery,
  message: Message,
  channel: string,
): Promise<string | undefined> {
  if (message.workload === FLEET) return undefined;
  const fold = (await documents.read<Fold>(COLLECTIONS.folds, message.kind))?.value;
  const isNear = fold !== undefined && Math.abs(message.at - fold.at) < FOLD_WINDOW;
  return isNear && fold.channel === channel ? fold.place.ts : undefined;
}
