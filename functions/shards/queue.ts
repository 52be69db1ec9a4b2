import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { call, inBatches } from '@evenkeel/aws/call';
import { placeKey } from '../settings/index.ts';
import type { Shard } from './shard.ts';

/** Takes shards for other processes to work on. */
export interface Queue {
  /** Sends every shard, each once however often it is called; rejects when one was not taken. */
  send(shards: readonly Shard[]): Promise<void>;
}

/** The most SQS takes in one call. */
const MAX_BATCH = 10;

/**
 * A FIFO queue: shards of one place are worked on one after the other (S26), and a shard that is sent twice within five minutes (the
 * timer came twice, the sender was started again) comes out once.
 */
export function createQueue(client: SQSClient, url: string): Queue {
  return {
    async send(shards) {
      const messages = shards.map((shard, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(shard),
        MessageGroupId: placeKey(shard.place),
        MessageDeduplicationId: dedupeIdOf(shard),
      }));
      for (const batch of inBatches(messages, MAX_BATCH)) {
        const { Failed = [] } = await call(
          client,
          new SendMessageBatchCommand({ QueueUrl: url, Entries: batch }),
        );
        const [failed] = Failed;
        if (failed)
          throw new Error(`the queue did not take ${Failed.length} shards: ${failed.Code} ${failed.Message}`);
      }
    },
  };
}

/** At most 128 characters: the first group's name, which may have 255, is not part of it. */
function dedupeIdOf({ work, at, place, groups }: Shard): string {
  return `${work}-${at}-${place.account}-${place.region}-${digest(groups.join('\n'))}`;
}

/** A short digest (FNV-1a, 32 bits): only shards of one place and minute must differ. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash.toString(16);
}
