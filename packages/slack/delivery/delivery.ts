import type { Instant } from '@evenkeel/core/quantities';
import type { Documents } from '@evenkeel/engine/ports';
import type { Message } from '../messages/message.ts';
import type { Transport } from '../transports/transport.ts';
import type { Outbox } from './outbox.ts';
import type { Clock, Pace } from './pace.ts';
import type { Routes } from './route.ts';

/** Everything a delivery run works with. */
export interface Delivery {
  readonly documents: Documents;
  readonly outbox: Outbox;
  readonly transport: Transport;
  readonly routes: Routes;
  readonly clock: Clock;
  readonly pace: Pace;
  /** The picture under a message as PNG; undefined where there is nothing to draw. */
  readonly chartOf: (message: Message) => Promise<Uint8Array | undefined>;
  /** Slack is left alone from here on. */
  readonly deadline: Instant;
}

/** What a run did. */
export interface DeliveryReport {
  readonly told: number;
  readonly folded: number;
  readonly updated: number;
  readonly givenUp: number;
  /** Still to do; more than none is no error. */
  readonly left: number;
  /** Why the run stopped early, in Slack's own words. */
  readonly stopped?: string;
  /** Why Slack did not take a message, where the run went on with the others. */
  readonly refused?: string;
}

/** How a step ended: go on with the next item, or leave Slack alone for now. */
export type Step =
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'told' | 'updated' | 'given-up' | 'skipped' }
  | { readonly kind: 'stop'; readonly because: string };

/** Tries are given up after so long, and the digest tells instead. Milliseconds. */
export const GIVE_UP_MS = 24 * 3_600_000;
const FIRST_BACKOFF_MS = 15_000;
const LONGEST_BACKOFF_MS = 15 * 60_000;

/** When to try again after so many tries without effect. */
export function retryAt(now: Instant, tries: number): Instant {
  return (now + Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(tries, 10))) as Instant;
}
