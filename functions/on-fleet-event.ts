import { FLEET_EVENTS } from '@evenkeel/aws/events';
import type { FleetEvent } from '@evenkeel/engine/events';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createStart, senderTo } from './compose.ts';
import { understood } from './events.ts';
import { frame } from './frame.ts';
import { eachRecord } from './records.ts';
import { type Shard, shardsOf } from './shards/shard.ts';

const start = createStart();
const sendWork = senderTo(start, 'shardQueue');
const sendReviews = senderTo(start, 'reviewQueue');

/** Takes what happens to groups, and hands it to the process that works on the groups of that place. */
export const handler = frame(
  start,
  'on-fleet-event',
  (event: SQSEvent, invocation): Promise<SQSBatchResponse> =>
    eachRecord(event, async (body) => {
      const happened = understood(start, FLEET_EVENTS, body, invocation);
      await sendWork(happened.map((each) => ({ work: 'react', place: each.place, event: each })));
      await sendReviews(happened.flatMap(firstReviewOf));
    }),
);

/** A group that was just tagged is not to wait for the night until something is known of it. */
function firstReviewOf(event: FleetEvent): readonly Shard[] {
  if (event.kind !== 'tags-changed' || event.removed) return [];
  return shardsOf('review', event.place, [event.group.name], event.at);
}
