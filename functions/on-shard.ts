import { tickAll } from '@evenkeel/engine';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CALL_SHARES } from './call-shares.ts';
import { createHeartbeat, createPortsIn, createStart } from './compose.ts';
import { frame } from './frame.ts';
import { eachRecord } from './records.ts';
import { isStale, ShardMessage } from './shards/shard.ts';
import { workOnShard } from './shards/work-on-shard.ts';

const RESERVE_MS = 30_000;

const start = createStart();
const { callsPerSecond } = CALL_SHARES['on-shard'];
const portsIn = createPortsIn(start, { role: 'capacity', callsPerSecond });
const beat = createHeartbeat(start);

/** The tick: floors for the next day, for the groups of each shard. A shard that comes too late is left to the next tick. */
export const handler = frame(
  start,
  'on-shard',
  (event: SQSEvent, invocation): Promise<SQSBatchResponse> =>
    eachRecord(event, 'fifo', async (body) => {
      const shard = ShardMessage.parse(body);
      if (isStale(shard, invocation.now)) {
        invocation.count('ShardsStale');
        return;
      }
      const { done } = await workOnShard({
        ports: portsIn(shard.place),
        shard,
        invocation,
        reserve: RESERVE_MS,
        useCase: (ports) => tickAll(ports, invocation.now),
      });
      invocation.count('GroupsTicked', done);
      if (done > 0) await beat(shard.place);
    }),
);
