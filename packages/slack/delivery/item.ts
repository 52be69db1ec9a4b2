import { type Instant, MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { Block } from '../messages/block.ts';
import type { Message } from '../messages/message.ts';
import type { PostedAt } from '../transports/transport.ts';

/** What has become of a message. `tries` counts posts that had no effect. */
export type ItemState =
  | { readonly kind: 'waiting'; readonly due: Instant; readonly tries: number }
  /** Written before the post: found in this state, nobody knows whether the post stands. */
  | {
      readonly kind: 'sending';
      readonly since: Instant;
      readonly due: Instant;
      readonly tries: number;
      readonly channel: string;
      readonly thread?: string;
    }
  | { readonly kind: 'told'; readonly place: PostedAt; readonly at: Instant }
  /** Part of another message. */
  | { readonly kind: 'folded'; readonly into: string }
  /** A summary for a day without a thread: nothing was said, so nothing is summed up. */
  | { readonly kind: 'not-needed' }
  /** A day of tries did not help: it goes into the digest. */
  | { readonly kind: 'given-up'; readonly at: Instant; readonly unclear: boolean; readonly channel: string };

/** What a message that stands should show instead. */
export interface Showing {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A message on its way: one document per message, so that each step is one write. */
export interface Item {
  readonly message: Message;
  readonly queued: Instant;
  readonly state: ItemState;
  /** Of a fleet-wide message: the messages it stands for. */
  readonly members?: readonly string[];
  /** Slack refused blocks or channel: say it in plain text, or in the default channel. */
  readonly plain?: boolean;
  readonly inDefaultChannel?: boolean;
  /** A post of it was cut off where nobody can look whether it stands: the next one says that it may be the second. */
  readonly perhapsTold?: boolean;
  /** Set while a picture is still to be drawn under the message; how often it was tried. */
  readonly chart?: { readonly tries: number };
  readonly chartFile?: string;
  /** Set while the message shows something else than it should. */
  readonly show?: Showing;
  /** Reminders of this message, or the message this is a reminder of: an answer to one is an answer to all. */
  readonly copies?: readonly string[];
  readonly copyOf?: string;
  /** When the update of what it shows is tried next. */
  readonly showDue?: Instant;
}

/** Where the documents are. */
export const COLLECTIONS = {
  /** Items by message id; what was told stays here so that it is not told again. */
  items: 'slack-item',
  /** The ids of items with something left to do. */
  waiting: 'slack-waiting',
  /** The first message of a workload's day in a channel. */
  threads: 'slack-thread',
  /** The last fleet-wide message of a kind. */
  folds: 'slack-fold',
  /** Who works the queue off. */
  lease: 'slack-lease',
  /** Items given up, for the digest. */
  undelivered: 'slack-undelivered',
} as const;

/** How long what was told is remembered, in minutes: longer than anything that repeats by the week. */
export const REMEMBERED = 30 * MINUTES_PER_DAY;

/** The minute an item may be forgotten. */
export function forgottenAt(now: Instant): Minute {
  return (Math.floor(now / 60_000) + REMEMBERED) as Minute;
}
