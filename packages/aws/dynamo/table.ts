import {
  type CreateTableCommandInput,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';

/** Where one value lives: `pk` gathers what is read together, `sk` orders it. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export interface PutOptions {
  /** Second since 1970 after which DynamoDB may delete the item by itself. */
  readonly expires?: number;
  /** An attribute to filter queries by. */
  readonly group?: string;
  /** Leaves an item alone that is there already. */
  readonly onlyNew?: boolean;
}

export interface TableQuery {
  readonly pk: string;
  readonly order: 'newest-first' | 'oldest-first';
  readonly limit?: number;
  /** Only items whose `sk` is smaller. */
  readonly before?: string;
  /** Only items put with this group. */
  readonly group?: string;
}

/** One DynamoDB table: JSON values under two keys, written one at a time, read by key or partition, never scanned. */
export interface Table {
  get(key: ItemKey): Promise<unknown>;
  put(key: ItemKey, value: unknown, options?: PutOptions): Promise<void>;
  remove(key: ItemKey): Promise<void>;
  query(query: TableQuery): Promise<unknown[]>;
}

/** What the table is made with (an emulator, a test); the deployed one is defined the same by the stacks. */
export function tableDefinition(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  };
}

/** The attribute whose second DynamoDB deletes an item after. */
export const TTL_ATTRIBUTE = 'expires';

/** The table `name` behind the client. Reads are consistent: a pause placed a second ago must be seen. */
export function createTable(client: DynamoDBClient, name: string): Table {
  return {
    async get({ pk, sk }) {
      const Key = { pk: { S: pk }, sk: { S: sk } };
      const { Item } = await call(client, new GetItemCommand({ TableName: name, Key, ConsistentRead: true }));
      return Item === undefined ? undefined : parsed(Item.body?.S);
    },

    async put({ pk, sk }, value, { expires, group, onlyNew = false } = {}) {
      const Item = {
        pk: { S: pk },
        sk: { S: sk },
        body: { S: JSON.stringify(value) },
        ...(expires !== undefined && { [TTL_ATTRIBUTE]: { N: String(expires) } }),
        ...(group !== undefined && { grp: { S: group } }),
      };
      const condition = onlyNew ? { ConditionExpression: 'attribute_not_exists(pk)' } : {};
      try {
        await call(client, new PutItemCommand({ TableName: name, Item, ...condition }));
      } catch (error) {
        const isThere = error instanceof AwsError && error.awsCode === 'ConditionalCheckFailedException';
        if (!(onlyNew && isThere)) throw error;
      }
    },

    async remove({ pk, sk }) {
      await call(client, new DeleteItemCommand({ TableName: name, Key: { pk: { S: pk }, sk: { S: sk } } }));
    },

    async query(query) {
      const values: unknown[] = [];
      let start: Record<string, { S: string }> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await call(client, queryCommand(name, query, start));
        values.push(...Items.map((item) => parsed(item.body?.S)));
        start = LastEvaluatedKey as typeof start;
      } while (start !== undefined && values.length < (query.limit ?? Number.POSITIVE_INFINITY));
      return values.slice(0, query.limit);
    },
  };
}

function queryCommand(
  name: string,
  { pk, order, limit, before, group }: TableQuery,
  start: Record<string, { S: string }> | undefined,
): QueryCommand {
  return new QueryCommand({
    TableName: name,
    KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
    ExpressionAttributeValues: {
      ':pk': { S: pk },
      ...(before !== undefined && { ':before': { S: before } }),
      ...(group !== undefined && { ':grp': { S: group } }),
    },
    ...(group !== undefined && { FilterExpression: 'grp = :grp' }),
    // A limit counts items before the filter, so with a filter whole pages are read.
    ...(limit !== undefined && group === undefined && { Limit: limit }),
    ...(start && { ExclusiveStartKey: start }),
    ScanIndexForward: order === 'oldest-first',
    ConsistentRead: true,
  });
}

function parsed(body: string | undefined): unknown {
  return body === undefined ? undefined : JSON.parse(body);
}
