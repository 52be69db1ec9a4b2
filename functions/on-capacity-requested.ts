import { REQUESTS } from '@evenkeel/aws/events';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createStart, senderTo } from './compose.ts';
import { understood } from './events.ts';
import { frame } from './frame.ts';
import { eachRecord } from './records.ts';

const start = createStart();
const sendWork = senderTo(start, 'shardQueue');

/**
 * Takes requests for capacity that anyone may put on Evenkeel's own bus: a boost now, or an expected event; never beyond the tags. A
 * workload may have groups in every place, so every place hears of it.
 */
export const handler = frame(
  start,
  'on-capacity-requested',
  (event: SQSEvent, invocation): Promise<SQSBatchResponse> =>
    eachRecord(event, async (body) => {
      for (const request of understood(start, REQUESTS, body, invocation)) {
        await sendWork(start.places.map((place) => ({ work: 'react', place, event: { ...request, place } })));
      }
    }),
);
