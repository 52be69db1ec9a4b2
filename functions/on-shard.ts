import { DEFAULT_SETTINGS, react, tickAll } from '@evenkeel/engine';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { CALL_SHARES } from './call-shares.ts';
import { createHeartbeat, createPortsIn, createStart, hurryOn } from './compose.ts';
import { frame, type Invocation } from './frame.ts';
import { eachInOrder } from './records.ts';
import { type Happening, HappeningMessage, isStale, ShardMessage } from './shards/shard.ts';
import { workOnShard } from './shards/work-on-shard.ts';

const RESERVE_MS = 30_000;
const Message = z.union([ShardMessage, HappeningMessage]);

const start = createStart();
const portsIn = createPortsIn(start, { role: 'capacity', callsPerSecond: CALL_SHARES['on-shard'] });
const beat = createHeartbeat(start);
const hurry = hurryOn(start, 'shardQueue');

/** Works on one place at a time: the tick of its groups, and the reflex to what happened there. */
export const handler = frame(
  start,
  'on-shard',
  (event: SQSEvent, invocation): Promise<SQSBatchResponse> =>
    eachInOrder(event, hurry, async (body) => {
      const message = Message.parse(body);
      await (message.work === 'react' ? reactTo(message, invocation) : tickShard(message, invocation));
    }),
);

/** Floors for the next day, for the groups of a shard. One that comes too late is left to the next tick. */
async function tickShard(shard: z.infer<typeof ShardMessage>, invocation: Invocation): Promise<void> {
  if (isStale(shard, invocation.now)) {
    invocation.count('ShardsStale');
    return;
  }
  const { done } = await workOnShard({
    ports: portsIn(shard.place),
    shard,
    invocation,
    reserve: RESERVE_MS,
    useCase: (ports, groupsInPlace) => tickAll(ports, invocation.now, { ...DEFAULT_SETTINGS, groupsInPlace }),
  });
  invocation.count('GroupsTicked', done);
  if (done > 0) await beat(shard.place);
}

/** Whatever the reflex misses, the next tick sees (S28). */
async function reactTo({ place, event }: Happening, { now, log, count }: Invocation): Promise<void> {
  const { failures } = await react(event, { ports: portsIn(place), now });
  count('Reactions');
  for (const { ref, message } of failures) log.error(`${ref.name} failed: ${message}`);
}
