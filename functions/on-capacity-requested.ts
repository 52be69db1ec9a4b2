import { REQUESTS } from '@evenkeel/aws/events';
import { react } from '@evenkeel/engine';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CALL_SHARES } from './call-shares.ts';
import { createPortsIn, createStart } from './compose.ts';
import { understood } from './events.ts';
import { frame } from './frame.ts';
import { eachRecord } from './records.ts';

const start = createStart();
const { callsPerSecond } = CALL_SHARES['on-capacity-requested'];
const portsIn = createPortsIn(start, { role: 'capacity', callsPerSecond });

/** Takes requests for capacity that anyone may put on Evenkeel's own bus: a boost now, or an expected event; never beyond the tags. */
export const handler = frame(
  start,
  'on-capacity-requested',
  (event: SQSEvent, invocation): Promise<SQSBatchResponse> =>
    eachRecord(event, 'any', async (body) => {
      for (const request of understood(start, REQUESTS, body, invocation)) {
        const { failures } = await react(request, { ports: portsIn(request.place), now: invocation.now });
        for (const { ref, message } of failures) invocation.log.error(`${ref.name} failed: ${message}`);
      }
    }),
);
