import {
  BatchProcessor,
  EventType,
  processPartialResponse,
  SqsFifoPartialProcessorAsync,
} from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Hurry } from './shards/hurry.ts';

type Work = (body: unknown) => Promise<void>;

/** A batch in which everything failed is answered like any other: by the names of what failed, each tried again. */
const throwOnFullBatchFailure = false;

/** Works on the records of a batch and says which ones failed, so that only those come again. */
export function eachRecord(event: SQSEvent, work: Work): Promise<SQSBatchResponse> {
  const onRecord = (record: SQSRecord): Promise<void> => work(JSON.parse(record.body));
  return processPartialResponse(event, onRecord, new BatchProcessor(EventType.SQS), {
    throwOnFullBatchFailure,
  });
}

/**
 * The same for a FIFO queue: what follows a failed record in its message group fails with it, which keeps the order; other message
 * groups go on. A record that failed comes again within seconds, not after the whole time-out, since its message group waits for it.
 */
export function eachInOrder(event: SQSEvent, hurry: Hurry, work: Work): Promise<SQSBatchResponse> {
  const onRecord = async (record: SQSRecord): Promise<void> => {
    try {
      await work(JSON.parse(record.body));
    } catch (error) {
      await hurry(record.receiptHandle);
      throw error;
    }
  };
  return processPartialResponse(event, onRecord, new SqsFifoPartialProcessorAsync(), {
    throwOnFullBatchFailure,
    skipGroupOnError: true,
  });
}
