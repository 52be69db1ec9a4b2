import type { Instant } from '@evenkeel/core/quantities';
import type { Document } from '@evenkeel/engine/ports';
import type { Importance } from '../messages/message.ts';
import type { Delivery, DeliveryReport, Step } from './delivery.ts';
import { foldWaiting } from './fold-waiting.ts';
import type { Item } from './item.ts';
import { withLease } from './lease.ts';
import { showItem } from './show-item.ts';
import { tellItem } from './tell-item.ts';

/** A run ends long before its lease does. */
const LEASE_MS = 180_000;
const RUN_MS = 45_000;

const RANK: Readonly<Record<Importance, number>> = { answer: 0, alert: 0, change: 1 };

/**
 * Works the queue off: folds, sends, looks for what was cut off, shows what has changed. Does nothing where another run is
 * at it. Stops where Slack does not answer or asks to wait; whatever is left is done by a later run.
 */
export async function drain(options: Omit<Delivery, 'deadline'>): Promise<DeliveryReport> {
  const delivery: Delivery = { ...options, deadline: (options.clock.now() + RUN_MS) as Instant };
  const { documents, clock } = delivery;
  const report = await withLease({ documents, now: clock.now, forMs: LEASE_MS }, () => work(delivery));
  return report ?? { told: 0, folded: 0, updated: 0, givenUp: 0, left: 0, stopped: 'another run is at it' };
}

async function work(delivery: Delivery): Promise<DeliveryReport> {
  const folded = await foldWaiting(delivery, await delivery.outbox.waiting());
  const count = { told: 0, updated: 0, 'given-up': 0, skipped: 0 };
  let stopped: string | undefined;
  let refused: string | undefined;
  for (const item of [...(await delivery.outbox.waiting())].sort(byUrgency)) {
    const step = await handle(delivery, item);
    if (step.kind === 'stop') {
      stopped = step.because;
      break;
    }
    // A channel that is gone must not silence the others.
    if (step.kind === 'refused') refused ??= step.because;
    else count[step.kind] += 1;
  }
  const left = (await delivery.outbox.waiting()).length;
  const { told, updated } = count;
  return {
    told,
    folded,
    updated,
    givenUp: count['given-up'],
    left,
    ...(stopped !== undefined && { stopped }),
    ...(refused !== undefined && { refused }),
  };
}

async function handle(delivery: Delivery, item: Document<Item>): Promise<Step> {
  if (item.value.state.kind !== 'told') {
    const step = await tellItem(delivery, item);
    if (step.kind !== 'told') return step;
    const fresh = await delivery.outbox.load(item.key);
    // The text stands; the picture follows at once where it can, and never holds up the next message.
    if (fresh?.value.chart !== undefined) {
      const shown = await showItem(delivery, fresh);
      if (shown.kind === 'stop') return shown;
    }
    return step;
  }
  return showItem(delivery, item);
}

/** What wants an answer or a look first, then by time: a thread begins with what happened first. */
function byUrgency(a: Document<Item>, b: Document<Item>): number {
  const [x, y] = [a.value.message, b.value.message];
  // What was cut off comes before everything else: it may be the beginning of a thread.
  const [cutA, cutB] = [a, b].map((item) => (item.value.state.kind === 'sending' ? 0 : 1)) as [
    number,
    number,
  ];
  return cutA - cutB || RANK[x.importance] - RANK[y.importance] || x.at - y.at || (x.id < y.id ? -1 : 1);
}
