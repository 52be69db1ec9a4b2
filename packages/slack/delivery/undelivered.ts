import type { DigestDecision } from '@evenkeel/core/explain';
import type { Instant } from '@evenkeel/core/quantities';
import type { Documents } from '@evenkeel/engine/ports';
import { nameOf } from '../messages/compose.ts';
import { plain } from '../messages/mrkdwn.ts';
import type { Delivery } from './delivery.ts';
import { COLLECTIONS } from './item.ts';
import { postOf } from './post-of.ts';

/** The most a digest lists; the rest comes with the next one. */
const MOST = 500;

interface Undelivered {
  readonly at: Instant;
}

/**
 * What could not be told in a day of tries, for the digest. A message whose fate was unknown is looked for once more, so that
 * what stands after all is not told again.
 */
export async function undelivered(
  delivery: Pick<Delivery, 'documents' | 'outbox' | 'transport' | 'clock'>,
): Promise<DigestDecision['undelivered']> {
  const lines: { workload: string; line: string }[] = [];
  for (const { key } of await delivery.documents.list<Undelivered>(COLLECTIONS.undelivered, MOST)) {
    const item = await delivery.outbox.load(key);
    if (item === undefined || item.value.state.kind !== 'given-up') continue;
    const { message, state, queued } = item.value;
    if (state.unclear) {
      const found = await delivery.transport.find({
        post: postOf(item.value, { channel: state.channel }, delivery.transport),
        sinceSeconds: Math.floor(queued / 1000) - 60,
      });
      if (found.kind === 'done' && found.value !== undefined) {
        const value = {
          ...item.value,
          state: { kind: 'told' as const, place: found.value, at: delivery.clock.now() },
        };
        await delivery.outbox.save({ ...item, value }, delivery.clock.now());
        await forget(delivery.documents, key);
        continue;
      }
    }
    lines.push({ workload: nameOf(message.workload), line: plain(message.telling.headline) });
  }
  return lines;
}

/** After a digest was told: what was given up before it was composed is done with. */
export async function forgetUndelivered(documents: Documents, before: Instant): Promise<void> {
  for (const { key, value } of await documents.list<Undelivered>(COLLECTIONS.undelivered, MOST)) {
    if (value.at <= before) await forget(documents, key);
  }
}

async function forget(documents: Documents, key: string): Promise<void> {
  await documents.remove(COLLECTIONS.undelivered, key, 1);
}
