import type { Instant } from '@evenkeel/core/quantities';
import type { Item, Showing } from '../delivery/item.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { Message } from '../messages/message.ts';

const MOST_TRIES = 5;

/**
 * Lets a message, and every reminder of it, show something else from now on. A reminder that still waits is not sent any more, unless the
 * question stays open. Where the message was never told, there is nothing to show.
 */
export async function show(
  outbox: Outbox,
  id: string,
  {
    now,
    look,
    staysOpen = false,
  }: {
    readonly now: Instant;
    readonly look: (message: Message) => Showing;
    readonly staysOpen?: boolean;
  },
): Promise<void> {
  const item = await outbox.load(id);
  if (item === undefined) return;
  const original = item.value.copyOf ?? id;
  const copies = (await outbox.load(original))?.value.copies ?? [];
  const turn = (value: Item): Item => {
    const waits = value.copyOf !== undefined && value.state.kind === 'waiting';
    if (!waits) return { ...value, show: look(value.message) };
    return staysOpen ? value : { ...value, state: { kind: 'not-needed' } };
  };
  for (const each of [original, ...copies]) await change(outbox, each, turn, now);
}

/** Changes an item over whatever else happens to it meanwhile. */
export async function change(
  outbox: Outbox,
  id: string,
  turn: (item: Item) => Item,
  now: Instant,
): Promise<Item | undefined> {
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const item = await outbox.load(id);
    if (item === undefined) return undefined;
    const value = turn(item.value);
    if (await outbox.save({ ...item, value }, now)) return value;
  }
  throw new Error(`the message ${id} was changed by others again and again; try again`);
}
