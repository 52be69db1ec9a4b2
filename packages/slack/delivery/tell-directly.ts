import type { LedgerEntry } from '@evenkeel/core/explain';
import { eachOnce } from '../messages/messages-of.ts';
import { sayPlainly } from '../messages/say-plainly.ts';
import type { Transport } from '../transports/transport.ts';

/**
 * Says past the queue that the table is away, in which the queue itself stands: once for each that keeps the same `said`. Resolves with
 * whether it was said, now or before; every other entry has to wait for the table.
 */
export async function tellDirectly(
  entry: LedgerEntry,
  to: { readonly transport: Transport; readonly channel: string; readonly said: Set<string> },
): Promise<boolean> {
  const { decision } = entry;
  if (decision?.kind !== 'degraded' || decision.part !== 'table') return false;
  const [message] = eachOnce([entry]);
  if (message === undefined) return false;
  if (to.said.has(message.id)) return true;
  const result = await to.transport.post({
    channel: to.channel,
    id: message.id,
    text: to.transport.kind === 'bot' ? message.text : sayPlainly(message, { slashCommands: false }),
    blocks: to.transport.kind === 'bot' ? message.blocks : [],
  });
  if (result.kind !== 'done') return false;
  to.said.add(message.id);
  return true;
}
