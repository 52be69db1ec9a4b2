import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { call, inBatches } from '@evenkeel/aws/call';
import { placeKey } from '@evenkeel/core/explain';
import type { Happening, Shard } from './shard.ts';

/** Work on the groups of one place. */
export type PlaceWork = Shard | Happening;

/** Hands work to other processes, each piece once however often it is called; rejects when one was not taken. */
export type Send = (work: readonly PlaceWork[]) => Promise<void>;

/** The most SQS takes in one call. */
const MAX_BATCH = 10;

/**
 * Sends to a FIFO queue: work of one place is done one after the other (S26), and what is sent twice within five minutes (the timer came
 * twice, an event did, the sender was started again) comes out once.
 */
export function createSender(client: SQSClient, url: string): Send {
  return async (work) => {
    const messages = work.map((each, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(each),
      MessageGroupId: placeKey(each.place),
      MessageDeduplicationId: dedupeIdOf(each),
    }));
    for (const batch of inBatches(messages, MAX_BATCH)) {
      const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: batch });
      const { Failed = [] } = await call(client, command);
      const [failed] = Failed;
      if (!failed) continue;
      throw new Error(`the queue did not take ${Failed.length} messages: ${failed.Code} ${failed.Message}`);
    }
  };
}

/** At most 128 characters: names of groups, which may have 255, are not part of it. */
function dedupeIdOf(each: PlaceWork): string {
  const { account, region } = each.place;
  if (each.work === 'react') return `react-${account}-${region}-${digest(each.event.id)}`;
  return `${each.work}-${each.at}-${account}-${region}-${digest(each.groups.join(' '))}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
