import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Document, Documents } from '@evenkeel/engine/ports';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';
import { TTL_ATTRIBUTE } from './table.ts';

const SECONDS_PER_MINUTE = 60;
const VERSION = 'ver';

type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** Documents as items of Evenkeel's one table: a partition per collection, each write conditional on the version. */
export function createDynamoDocuments(options: {
  readonly client: DynamoDBClient;
  readonly table: string;
}): Documents {
  const { client, table } = options;
  const keyOf = (collection: string, key: string) => ({ pk: { S: `doc#${collection}` }, sk: { S: key } });
  return {
    async read<T>(collection: string, key: string) {
      const Key = keyOf(collection, key);
      const { Item } = await call(
        client,
        new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
      );
      return Item && document<T>(Item as Item);
    },
    async write(collection, key, value, { expected, expires }) {
      const Item = {
        ...keyOf(collection, key),
        body: { S: JSON.stringify(value) },
        [VERSION]: { N: String(expected + 1) },
        ...(expires !== undefined && { [TTL_ATTRIBUTE]: { N: String(expires * SECONDS_PER_MINUTE) } }),
      };
      return unlessConditionFails(
        call(client, new PutItemCommand({ TableName: table, Item, ...standing(expected) })),
      );
    },
    async remove(collection, key, expected) {
      const Key = keyOf(collection, key);
      return unlessConditionFails(
        call(client, new DeleteItemCommand({ TableName: table, Key, ...standing(expected) })),
      );
    },
    async list<T>(collection: string, limit: number) {
      const documents: Document<T>[] = [];
      let start: QueryCommandInput['ExclusiveStartKey'];
      do {
        const { Items = [], LastEvaluatedKey } = await call(
          client,
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: `doc#${collection}` } },
            Limit: limit - documents.length,
            ConsistentRead: true,
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        documents.push(...Items.map((item) => document<T>(item as Item)));
        start = LastEvaluatedKey;
      } while (start !== undefined && documents.length < limit);
      return documents;
    },
  };
}

function standing(expected: number) {
  if (expected === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :expected',
    ExpressionAttributeNames: { '#version': VERSION },
    ExpressionAttributeValues: { ':expected': { N: String(expected) } },
  };
}

async function unlessConditionFails(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.awsCode === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

function document<T>(item: Item): Document<T> {
  return {
    key: item.sk?.S ?? '',
    version: Number(item[VERSION]?.N ?? 0),
    value: JSON.parse(item.body?.S ?? 'null') as T,
  };
}
