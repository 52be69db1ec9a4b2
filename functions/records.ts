import {
  BatchProcessor,
  EventType,
  processPartialResponse,
  SqsFifoPartialProcessorAsync,
} from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

/**
 * Works on the records of a batch and says which ones failed, so that only those come again. In a FIFO batch the records of a message
 * group that follow a failed one fail with it, which keeps their order; other message groups go on.
 */
export async function eachRecord(
  event: SQSEvent,
  order: 'fifo' | 'any',
  work: (body: unknown) => Promise<void>,
): Promise<SQSBatchResponse> {
  const onRecord = (record: SQSRecord): Promise<void> => work(JSON.parse(record.body));
  // A batch in which everything failed is answered like any other: the names of what failed, each tried again.
  const throwOnFullBatchFailure = false;
  if (order === 'fifo') {
    return processPartialResponse(event, onRecord, new SqsFifoPartialProcessorAsync(), {
      throwOnFullBatchFailure,
      skipGroupOnError: true,
    });
  }
  return processPartialResponse(event, onRecord, new BatchProcessor(EventType.SQS), {
    throwOnFullBatchFailure,
  });
}
