import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { call } from '@evenkeel/aws/call';
import { clientConfig } from '@evenkeel/aws/clients';
import type { Work } from '@evenkeel/slack/inbound';
import { homeOf, type Start } from '../compose.ts';

/** Hands the work behind an answer to the function that does it; resolves when the queue has it. */
export function createSlackQueue(start: Start): (work: Work) => Promise<void> {
  const client = new SQSClient(clientConfig(homeOf(start)));
  const QueueUrl = start.deployment.part('slackQueue');
  return async (work) => {
    await call(client, new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(work) }));
  };
}
