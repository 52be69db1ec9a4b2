import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { Minute } from '@evenkeel/core/quantities';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDynamoStores } from './dynamo-stores.ts';

const dynamo = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'eu-west-1' });
const stores = createDynamoStores({ client, table: 'evenkeel', ledgerDays: 400 });
const AT = 29_000_000 as Minute;
const entry = { id: 'a', at: AT, workload: 'shop', group: 'web', excuses: [] };

beforeEach(() => dynamo.reset());

describe('DynamoDB stores, at the SDK boundary', () => {
  it('writes a ledger entry once, in order of time, with its expiry in seconds', async () => {
    dynamo.on(PutItemCommand).resolves({});
    await stores.ledger.append([entry]);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'evenkeel',
      ConditionExpression: 'attribute_not_exists(pk)',
      Item: {
        pk: { S: 'ledger#shop' },
        sk: { S: '029000000#a' },
        grp: { S: 'web' },
        body: { S: JSON.stringify(entry) },
        expires: { N: String(AT * 60 + 400 * 86_400) },
      },
    });
  });

  it('takes an entry that is there already for done, and nothing else', async () => {
    dynamo
      .on(PutItemCommand)
      .rejectsOnce(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }))
      .rejects(Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' }));
    await stores.ledger.append([entry]);
    await expect(stores.ledger.append([entry])).rejects.toMatchObject({ code: 'throttled' });
  });

  it('reads page after page until the limit is there, never a scan', async () => {
    const item = { body: { S: JSON.stringify(entry) } };
    const key = { pk: { S: 'ledger#shop' }, sk: { S: 'x' } };
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [item], LastEvaluatedKey: key })
      .resolvesOnce({ Items: [], LastEvaluatedKey: key })
      .resolves({ Items: [item, item], LastEvaluatedKey: key });
    expect(await stores.ledger.recent({ workload: 'shop', group: 'web', limit: 2 })).toHaveLength(2);
    const [first, second] = dynamo.commandCalls(QueryCommand).map((each) => each.args[0].input);
    expect(first).toMatchObject({ FilterExpression: 'grp = :grp', ScanIndexForward: false });
    expect(first?.Limit).toBeUndefined();
    expect(second?.ExclusiveStartKey).toEqual(key);
    expect(dynamo.calls()).toHaveLength(3);
  });

  it('lets a hold with an end expire, and asks for three partitions to know what holds', async () => {
    dynamo.on(PutItemCommand).resolves({}).on(QueryCommand).resolves({ Items: [] });
    const scope = { kind: 'workload', workload: 'shop' } as const;
    await stores.holds.place({ kind: 'paused', scope, since: AT, until: (AT + 60) as Minute, by: 'alice' });
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input.Item).toMatchObject({
      pk: { S: 'hold#workload:shop' },
      sk: { S: 'paused' },
      expires: { N: String((AT + 60) * 60) },
    });
    await stores.holds.inForce({ workload: 'shop', group: '1/eu-west-1/web', at: AT });
    const partitions = dynamo
      .commandCalls(QueryCommand)
      .map((each) => each.args[0].input.ExpressionAttributeValues?.[':pk']?.S);
    expect(partitions).toEqual(['hold#everything', 'hold#workload:shop', 'hold#group:1/eu-west-1/web']);
  });
});
