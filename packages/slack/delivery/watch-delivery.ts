import { FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Document, Documents, Ledger, Notices } from '@evenkeel/engine/ports';
import type { Item } from './item.ts';
import type { Outbox } from './outbox.ts';

/** A message that has waited so long is late: an approval waits with it. Milliseconds. */
const LATE_MS = 30 * 60_000;
const COLLECTION = 'health';
const KEY = 'slack';

/** Since when it has been told that Slack takes nothing. */
interface Told {
  readonly since: Minute;
}

export interface DeliveryWatch {
  readonly documents: Documents;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly notices: Notices;
}

/**
 * Tells, by ledger and bus, that Slack takes no messages, once, and that it does again. In Slack itself both are read when it is over: then
 * everybody knows why so much came at once.
 * @param stopped why the last run of the delivery ended early, or what Slack refused in it, where it did
 */
export async function watchDelivery(
  watch: DeliveryWatch,
  now: Instant,
  stopped?: string,
): Promise<readonly LedgerEntry[]> {
  const waiting = (await watch.outbox.waiting()).filter((item) => isUntold(item.value, now));
  const late = waiting.filter(({ value }) => now - value.queued >= LATE_MS);
  const standing = await watch.documents.read<Told>(COLLECTION, KEY);
  const told = standing?.value;
  if (late.length > 0 === (told !== undefined)) return [];
  const entry = told === undefined ? stuck(late, { waiting, now, stopped }) : flowing(told, now);
  // Told before it is noted: who dies in between tells it again under the same id.
  await watch.ledger.append([entry]);
  await watch.notices.publish([entry]);
  if (standing !== undefined) await watch.documents.remove(COLLECTION, KEY, standing.version);
  else await watch.documents.write(COLLECTION, KEY, { since: sinceOf(late) }, { expected: 0 });
  return [entry];
}

/** Reminders wait for their day; what is told and only shows something new is not late. */
function isUntold({ state }: Item, now: Instant): boolean {
  if (state.kind === 'sending') return true;
  return state.kind === 'waiting' && (state.tries > 0 || state.due <= now);
}

function stuck(
  late: readonly Document<Item>[],
  {
    waiting,
    now,
    stopped,
  }: {
    readonly waiting: readonly Document<Item>[];
    readonly now: Instant;
    readonly stopped: string | undefined;
  },
): LedgerEntry {
  const since = sinceOf(late);
  return {
    ...ofFleet(`degraded/slack/${since}`, now),
    decision: {
      kind: 'degraded',
      part: 'slack',
      since,
      waiting: waiting.length,
      message: stopped ?? 'messages come faster than Slack takes them',
    },
  };
}

function flowing({ since }: Told, now: Instant): LedgerEntry {
  return {
    ...ofFleet(`recovered/slack/${since}`, now),
    decision: { kind: 'recovered', part: 'slack', since, until: minuteOf(now) },
  };
}

function sinceOf(late: readonly Document<Item>[]): Minute {
  return minuteOf(Math.min(...late.map(({ value }) => value.queued)) as Instant);
}

function ofFleet(id: string, now: Instant): Omit<LedgerEntry, 'decision'> {
  return { id, at: minuteOf(now), workload: FLEET, group: FLEET, outcome: { kind: 'applied' }, excuses: [] };
}
