import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Instant } from '@evenkeel/core/quantities';
import type { Document, Documents } from '@evenkeel/engine/ports';
import type { Message } from '../messages/message.ts';
import { eachOnce } from '../messages/messages-of.ts';
import { COLLECTIONS, forgottenAt, type Item } from './item.ts';

/**
 * How long a message waits for others of its kind before it is sent: a fleet-wide event comes in over many events.
 * Milliseconds.
 */
export const SETTLE_MS = 60_000;
/** More than this many waiting are worked off by the next run. */
const MOST_WAITING = 1_000;

/** The queue of messages. Every operation may be done twice. */
export interface Outbox {
  /** Queues what the entries are worth telling. What was queued or told before changes nothing. */
  queueEntries(entries: readonly LedgerEntry[], now: Instant): Promise<void>;
  queue(message: Message, options: QueueOptions): Promise<void>;
  load(id: string): Promise<Document<Item> | undefined>;
  /** Writes the item over the version read, and keeps the list of what is left to do in step. False: another was faster. */
  save(item: Document<Item>, now: Instant): Promise<boolean>;
  /** Items with something left to do, in no order. */
  waiting(): Promise<readonly Document<Item>[]>;
}

export interface QueueOptions {
  readonly now: Instant;
  /** When it may be sent; absent: after it has settled. */
  readonly due?: Instant;
  readonly members?: readonly string[];
  readonly copyOf?: string;
}

/** Whether something is left to do. */
function isOpen(item: Item): boolean {
  return (
    item.state.kind === 'waiting' ||
    item.state.kind === 'sending' ||
    item.show !== undefined ||
    item.chart !== undefined
  );
}

export function createOutbox(documents: Documents): Outbox {
  const outbox: Outbox = {
    async queueEntries(entries, now) {
      for (const message of eachOnce(entries)) await outbox.queue(message, { now });
    },

    async queue(message, { now, due, members, copyOf }) {
      const item: Item = {
        message,
        queued: now,
        state: { kind: 'waiting', due: due ?? ((now + SETTLE_MS) as Instant), tries: 0 },
        ...(members && { members }),
        ...(copyOf !== undefined && { copyOf }),
      };
      const isNew = await documents.write(COLLECTIONS.items, message.id, item, {
        expected: 0,
        expires: forgottenAt(now),
      });
      // A crash between the two writes leaves an item that is not listed: whoever queues it again mends that.
      const standing = isNew ? item : (await outbox.load(message.id))?.value;
      if (standing !== undefined && isOpen(standing)) await list(message.id);
    },

    async load(id) {
      return documents.read<Item>(COLLECTIONS.items, id);
    },

    async save({ key, version, value }, now) {
      // Listed before it is open and unlisted after it is closed: a crash in between costs a look, never a message.
      if (isOpen(value)) await list(key);
      const saved = await documents.write(COLLECTIONS.items, key, value, {
        expected: version,
        expires: forgottenAt(now),
      });
      if (saved && !isOpen(value)) await documents.remove(COLLECTIONS.waiting, key, 1);
      return saved;
    },

    async waiting() {
      const listed = await documents.list(COLLECTIONS.waiting, MOST_WAITING);
      const items: Document<Item>[] = [];
      for (const { key, version } of listed) {
        const item = await outbox.load(key);
        if (item !== undefined && isOpen(item.value)) items.push(item);
        else await documents.remove(COLLECTIONS.waiting, key, version);
      }
      return items;
    },
  };
  return outbox;

  async function list(id: string): Promise<void> {
    await documents.write(COLLECTIONS.waiting, id, {}, { expected: 0 });
  }
}
