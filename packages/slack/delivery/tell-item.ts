import type { Instant } from '@evenkeel/core/quantities';
import type { Document } from '@evenkeel/engine/ports';
import { rememberEnd } from '../answers/ends.ts';
import { rememberStanding } from '../answers/standing.ts';
import type { CallResult, PostedAt } from '../transports/transport.ts';
import { type Delivery, GIVE_UP_MS, retryAt, type Step } from './delivery.ts';
import { COLLECTIONS, forgottenAt, type Item, type ItemState } from './item.ts';
import { postOf } from './post-of.ts';
import { channelOf } from './route.ts';
import { addressOf, rememberThread } from './threads.ts';
import { forgetUndelivered } from './undelivered.ts';

/**
 * How long a claimed item is left alone by every other run: longer than a post with its wait and its timeout. A run that is
 * slower does not post any more.
 */
const IN_FLIGHT_MS = 120_000;

type Sending = Extract<ItemState, { kind: 'sending' }>;

/** Slack's words for "not in this channel": the default channel is tried instead. */
const NO_CHANNEL = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'restricted_action',
  'channel_is_archived',
]);
/** Slack's words for "not these blocks": plain text is tried instead. */
const NO_BLOCKS = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_too_long',
  'msg_blocks_too_long',
  'invalid_attachments',
]);

/** Slack's words for "not you": no other message fares better. */
const NOT_US = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'no_service',
]);

/** Sends a message that waits, or finds out whether one stands whose sending was cut off. */
export async function tellItem(delivery: Delivery, item: Document<Item>): Promise<Step> {
  const { state } = item.value;
  const now = delivery.clock.now();
  if (state.kind !== 'waiting' && state.kind !== 'sending') return { kind: 'skipped' };
  if (state.due > now) return { kind: 'skipped' };
  if (state.kind === 'sending') return claim(delivery, item, state, resume);
  if (state.tries > 0 && now - item.value.queued >= GIVE_UP_MS) {
    const channel = await channelOf(item.value.message, delivery.routes);
    return giveUp(delivery, item, { channel, unclear: false });
  }
  const address = await addressOf(delivery, item.value);
  if (address === undefined) return saved(delivery, item, { kind: 'not-needed' }, 'skipped');
  return claim(delivery, item, { tries: state.tries, ...address }, send);
}

/**
 * Writes "sending" over the version that was read: from here on nobody else sends the item until IN_FLIGHT_MS are over, and a
 * crash leaves "sending" behind.
 */
async function claim(
  delivery: Delivery,
  item: Document<Item>,
  { tries, channel, thread }: Pick<Sending, 'tries' | 'channel' | 'thread'>,
  then: (delivery: Delivery, item: Document<Item>, sending: Sending) => Promise<Step>,
): Promise<Step> {
  const now = delivery.clock.now();
  const due = (now + IN_FLIGHT_MS) as Instant;
  const sending: Sending = {
    kind: 'sending',
    since: now,
    due,
    tries,
    channel,
    ...(thread !== undefined && { thread }),
  };
  const claimed = withState(item, sending);
  if (!(await delivery.outbox.save(claimed, now))) return { kind: 'skipped' };
  return then(delivery, { ...claimed, version: item.version + 1 }, sending);
}

/** The post stood in "sending" when an earlier run ended: it is looked for before it is sent again. */
async function resume(delivery: Delivery, item: Document<Item>, sending: Sending): Promise<Step> {
  const found = await delivery.transport.find({
    post: postOf(item.value, sending, delivery.transport),
    sinceSeconds: Math.floor(item.value.queued / 1000) - 60,
  });
  // Where Slack does not let us look (a missing scope), telling twice is the smaller mistake.
  if (found.kind === 'refused') return send(delivery, perhapsTold(item), sending);
  if (found.kind === 'done' && found.value === undefined) return send(delivery, item, sending);
  if (found.kind === 'done') return told(delivery, item, { sending, place: found.value! });
  return later(delivery, item, { state: sending, because: reasonOf(found), waitMs: waitOf(found) });
}

async function send(delivery: Delivery, item: Document<Item>, sending: Sending): Promise<Step> {
  const { clock, pace, transport } = delivery;
  if (!(await pace.turn(sending.channel, delivery.deadline))) {
    await delivery.outbox.save(
      withState(item, { kind: 'waiting', due: clock.now(), tries: sending.tries }),
      clock.now(),
    );
    return { kind: 'stop', because: 'the time of this run is over' };
  }
  if (clock.now() > sending.due - IN_FLIGHT_MS / 2) return { kind: 'stop', because: 'this run was held up' };
  const result = await transport.post(postOf(item.value, sending, delivery.transport));
  if (result.kind === 'done') return told(delivery, item, { sending, place: result.value });
  if (result.kind === 'refused') return refused(delivery, item, { sending, code: result.code });
  const tries = sending.tries + (result.kind === 'later' ? 0 : 1);
  const state: ItemState =
    result.kind === 'unknown' && transport.kind === 'bot'
      ? { ...sending, tries }
      : { kind: 'waiting', due: clock.now(), tries };
  // A webhook cannot be asked what stands. Lost is worse than twice: the next post says that it may be the second.
  const cutOff = result.kind === 'unknown' && transport.kind === 'webhook';
  return later(delivery, cutOff ? perhapsTold(item) : item, {
    state,
    because: reasonOf(result),
    waitMs: waitOf(result),
  });
}

function perhapsTold(item: Document<Item>): Document<Item> {
  return { ...item, value: { ...item.value, perhapsTold: true } };
}

/** Slack said no: what can be said otherwise or elsewhere is, at once; the rest is tried again for a day. */
async function refused(
  delivery: Delivery,
  item: Document<Item>,
  { sending, code }: { readonly sending: Sending; readonly code: string },
): Promise<Step> {
  const { clock, routes } = delivery;
  const again: ItemState = { kind: 'waiting', due: clock.now(), tries: sending.tries + 1 };
  const canMove =
    NO_CHANNEL.has(code) && sending.channel !== routes.defaultChannel && !item.value.inDefaultChannel;
  const change = canMove
    ? { inDefaultChannel: true }
    : NO_BLOCKS.has(code) && !item.value.plain
      ? { plain: true }
      : undefined;
  if (change === undefined) {
    const step = await later(delivery, item, { state: again, because: code });
    return step.kind === 'stop' && !NOT_US.has(code) ? { kind: 'refused', because: code } : step;
  }
  const changed: Document<Item> = { ...item, value: { ...item.value, ...change, state: again } };
  if (!(await delivery.outbox.save(changed, clock.now()))) return { kind: 'skipped' };
  return tellItem(delivery, { ...changed, version: item.version + 1 });
}

/** Puts the item off, and the run with it: what Slack does not answer now it will not answer for the next message either. */
async function later(
  delivery: Delivery,
  item: Document<Item>,
  options: { readonly state: ItemState; readonly because: string; readonly waitMs?: number | undefined },
): Promise<Step> {
  const now = delivery.clock.now();
  const { state } = options;
  if (state.kind !== 'waiting' && state.kind !== 'sending') return { kind: 'skipped' };
  if (state.kind === 'sending' && now - item.value.queued >= GIVE_UP_MS) {
    return giveUp(delivery, item, { channel: state.channel, unclear: true });
  }
  const due = options.waitMs === undefined ? retryAt(now, state.tries) : ((now + options.waitMs) as Instant);
  await delivery.outbox.save(withState(item, { ...state, due }), now);
  return { kind: 'stop', because: options.because };
}

async function told(
  delivery: Delivery,
  item: Document<Item>,
  { sending, place }: { readonly sending: Sending; readonly place: PostedAt },
): Promise<Step> {
  const { documents, clock } = delivery;
  const { message } = item.value;
  await rememberThread(delivery, item.value, { sentTo: sending, place });
  await rememberEnd(documents, message);
  await rememberStanding(documents, message, forgottenAt(clock.now()));
  if (message.kind === 'digest') await forgetUndelivered(documents, item.value.queued);
  const wantsChart = message.telling.chart === true && delivery.transport.kind === 'bot' && !item.value.plain;
  const value: Item = {
    ...item.value,
    state: { kind: 'told', place, at: clock.now() },
    ...(wantsChart && { chart: { tries: 0 } }),
  };
  return (await delivery.outbox.save({ ...item, value }, clock.now()))
    ? { kind: 'told' }
    : { kind: 'skipped' };
}

async function giveUp(
  delivery: Delivery,
  item: Document<Item>,
  { channel, unclear }: { readonly channel: string; readonly unclear: boolean },
): Promise<Step> {
  const at = delivery.clock.now();
  await delivery.documents.write(COLLECTIONS.undelivered, item.key, { at }, { expected: 0 });
  return saved(delivery, item, { kind: 'given-up', at, unclear, channel }, 'given-up');
}

async function saved(
  delivery: Delivery,
  item: Document<Item>,
  state: ItemState,
  kind: 'skipped' | 'given-up',
): Promise<Step> {
  return (await delivery.outbox.save(withState(item, state), delivery.clock.now()))
    ? { kind }
    : { kind: 'skipped' };
}

function withState(item: Document<Item>, state: ItemState): Document<Item> {
  return { ...item, value: { ...item.value, state } };
}

function reasonOf(result: Exclude<CallResult<unknown>, { kind: 'done' }>): string {
  if (result.kind === 'later') return 'rate limit';
  return result.kind === 'refused' ? result.code : result.message;
}

function waitOf(result: Exclude<CallResult<unknown>, { kind: 'done' }>): number | undefined {
  return result.kind === 'later' ? result.seconds * 1000 : undefined;
}
