import { FLEET_EVENTS } from '@evenkeel/aws/events';
import { react } from '@evenkeel/engine';
import type { FleetEvent } from '@evenkeel/engine/events';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CALL_SHARES } from './call-shares.ts';
import { createPortsIn, createStart, queueOf } from './compose.ts';
import { understood } from './events.ts';
import { frame, type Invocation } from './frame.ts';
import { eachRecord } from './records.ts';
import { shardsOf } from './shards/shard.ts';

const start = createStart();
const { callsPerSecond } = CALL_SHARES['on-fleet-event'];
const portsIn = createPortsIn(start, { role: 'capacity', callsPerSecond });
const reviews = queueOf(start, 'reviewQueue');

/** The reflex to what happens to groups; whatever it misses, the next tick sees (S28). */
export const handler = frame(
  start,
  'on-fleet-event',
  (event: SQSEvent, invocation): Promise<SQSBatchResponse> =>
    eachRecord(event, 'any', async (body) => {
      for (const each of understood(start, FLEET_EVENTS, body, invocation)) await reactTo(each, invocation);
    }),
);

async function reactTo(event: FleetEvent, { now, log }: Invocation): Promise<void> {
  const { failures } = await react(event, { ports: portsIn(event.place), now });
  for (const { ref, message } of failures) log.error(`${ref.name} failed: ${message}`);
  // A group that was just tagged is not to wait for the night until something is known of it.
  if (event.kind === 'tags-changed' && !event.removed) {
    await reviews.send(shardsOf('review', event.place, [event.group.name], event.at));
  }
}
