import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { domainEventOf, EVENT_SOURCE, eventTypeOf, type LedgerEntry } from '@evenkeel/core/explain';
import type { Notices } from '@evenkeel/engine/ports';
import { PortError } from '@evenkeel/engine/ports';
import { call, inBatches } from '../call.ts';

/** PutEvents takes at most 10 entries and less than 1 MB in all; 100 KB an entry keeps ten of them below it. */
const MAX_ENTRIES = 10;
const MAX_DETAIL_BYTES = 100_000;
const MAX_TRIES = 4;
/** The only codes of an entry that are worth another try. */
const PASSING = new Set(['InternalFailure', 'ThrottlingException']);

export interface EventBusOptions {
  readonly client: EventBridgeClient;
  /** Name or ARN of Evenkeel's own bus. */
  readonly bus: string;
  /** Waits between tries, in milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Notices as events on Evenkeel's own EventBridge bus, one per ledger entry that tells something. Entries of a batch that
 * failed for a passing reason are sent again, the others are not; rejects with a PortError where some could not be sent,
 * after all the others were.
 */
export function createEventBus({ client, bus, wait }: EventBusOptions): Notices {
  return {
    async publish(entries) {
      const left: string[] = [];
      for (const batch of inBatches(eventsOf(entries, bus), MAX_ENTRIES)) {
        left.push(...(await put(batch)));
      }
      if (left.length > 0)
        throw new PortError('unavailable', `${left.length} events were not taken: ${left[0]}`);
    },
  };

  async function put(batch: readonly PutEventsRequestEntry[]): Promise<readonly string[]> {
    const lost: string[] = [];
    let rest = batch;
    for (let tried = 1; rest.length > 0; tried += 1) {
      const { Entries = [] } = await call(client, new PutEventsCommand({ Entries: [...rest] }));
      const again: PutEventsRequestEntry[] = [];
      for (const [index, entry] of rest.entries()) {
        const code = Entries[index]?.ErrorCode;
        if (code === undefined) continue;
        if (PASSING.has(code) && tried < MAX_TRIES) again.push(entry);
        else lost.push(`${code}: ${Entries[index]?.ErrorMessage ?? 'no reason given'}`);
      }
      rest = again;
      if (rest.length > 0) await wait(100 * 2 ** tried);
    }
    return lost;
  }
}

function eventsOf(entries: readonly LedgerEntry[], bus: string): readonly PutEventsRequestEntry[] {
  return entries.flatMap((entry) => {
    const type = eventTypeOf(entry);
    if (type === undefined) return [];
    return [{ EventBusName: bus, Source: EVENT_SOURCE, DetailType: type, Detail: detailOf(entry) }];
  });
}

/** An entry of a size that no bus takes (a digest of thousands of workloads) keeps its decision's head and says so. */
function detailOf(entry: LedgerEntry): string {
  const whole = JSON.stringify(domainEventOf(entry));
  if (Buffer.byteLength(whole) <= MAX_DETAIL_BYTES) return whole;
  const { decision: _, ...rest } = entry;
  return JSON.stringify({ ...domainEventOf(rest), truncated: true, kind: entry.decision?.kind });
}
