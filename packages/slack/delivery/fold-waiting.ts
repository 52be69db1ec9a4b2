import { FLEET } from '@evenkeel/core/explain';
import type { Instant } from '@evenkeel/core/quantities';
import type { Document } from '@evenkeel/engine/ports';
import { foldFleetWide, foldOf } from '../messages/fold.ts';
import type { Delivery } from './delivery.ts';
import type { Item } from './item.ts';

/**
 * Folds what many workloads, or many groups of one, have in common among the waiting messages. A fold is queued with the
 * names of its members before any member is marked, and nothing is sent before every member is: a crash at any point is mended by doing it again.
 *
 * @returns how many messages were folded away
 */
export async function foldWaiting(delivery: Delivery, items: readonly Document<Item>[]): Promise<number> {
  const taken = new Set(items.flatMap((item) => item.value.members ?? []));
  const candidates = items.filter(
    (item) => isCandidate(item.value, delivery.clock.now()) && !taken.has(item.key),
  );
  const messages = candidates.map((item) => item.value.message);
  const ids = new Map(
    messages.flatMap((message) => message.entries.map((entry) => [entry, message.id] as const)),
  );
  for (const message of foldFleetWide(messages)) {
    if (messages.some((each) => each.id === message.id)) continue;
    const members = [...new Set(message.entries.map((entry) => ids.get(entry)!))];
    await delivery.outbox.queue(message, { now: delivery.clock.now(), due: delivery.clock.now(), members });
  }
  let folded = 0;
  for (const item of await delivery.outbox.waiting()) {
    if (item.value.members !== undefined && item.value.state.kind === 'waiting')
      folded += await markMembers(delivery, item);
  }
  return folded;
}

/** Messages that have settled, were never tried, are of one workload and are no fold themselves. */
function isCandidate(item: Item, now: Instant): boolean {
  const { state, message, members } = item;
  return (
    state.kind === 'waiting' &&
    state.due <= now &&
    state.tries === 0 &&
    message.workload !== FLEET &&
    members === undefined &&
    !message.onlyInThread
  );
}

/** Marks the members of a fold; one that was told by itself after all is left out of the fold. */
async function markMembers(delivery: Delivery, fold: Document<Item>): Promise<number> {
  const now = delivery.clock.now();
  const ours: Item[] = [];
  let marked = 0;
  for (const id of fold.value.members ?? []) {
    const member = await delivery.outbox.load(id);
    if (member === undefined) continue;
    const { state } = member.value;
    if (state.kind === 'waiting') {
      const value: Item = { ...member.value, state: { kind: 'folded', into: fold.key } };
      if (await delivery.outbox.save({ ...member, value }, now)) {
        ours.push(member.value);
        marked += 1;
      }
    } else if (state.kind === 'folded' && state.into === fold.key) ours.push(member.value);
  }
  if (ours.length < (fold.value.members?.length ?? 0)) {
    const { message } = fold.value;
    const rest = ours.length === 0 ? undefined : foldOf(ours.map((item) => item.message));
    const value: Item = rest
      ? {
          ...fold.value,
          members: ours.map((item) => item.message.id),
          message: { ...rest, id: message.id, dedupeKey: message.dedupeKey },
        }
      : { ...fold.value, state: { kind: 'not-needed' } };
    await delivery.outbox.save({ ...fold, value }, now);
  }
  return marked;
}
