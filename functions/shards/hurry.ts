import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { call } from '@evenkeel/aws/call';

/** Lets a message that failed come again within seconds, given its receipt: until then nothing else of its place comes. */
export type Hurry = (receipt: string) => Promise<void>;

const SOON_SECONDS = 10;

/** Without it a failed message stays out of sight for the queue's whole time-out, and its message group waits. */
export function createHurry(client: SQSClient, url: string): Hurry {
  return async (ReceiptHandle) => {
    const input = { QueueUrl: url, ReceiptHandle, VisibilityTimeout: SOON_SECONDS };
    await call(client, new ChangeMessageVisibilityCommand(input));
  };
}
