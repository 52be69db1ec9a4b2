import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { minute } from '@evenkeel/core/quantities';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDynamoDocuments } from './documents.ts';

const dynamo = mockClient(DynamoDBClient);
const documents = createDynamoDocuments({
  client: new DynamoDBClient({ region: 'eu-west-1' }),
  table: 'evenkeel',
});
const lost = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });

beforeEach(() => dynamo.reset());

describe('DynamoDB documents, at the SDK boundary', () => {
  it('writes the first version only where none stands, with its expiry in seconds', async () => {
    dynamo.on(PutItemCommand).resolves({});
    expect(await documents.write('told', 'a', { x: 1 }, { expected: 0, expires: minute(100) })).toBe(true);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'evenkeel',
      ConditionExpression: 'attribute_not_exists(pk)',
      Item: {
        pk: { S: 'doc#told' },
        sk: { S: 'a' },
        body: { S: '{"x":1}' },
        ver: { N: '1' },
        expires: { N: '6000' },
      },
    });
  });

  it('replaces only the version it names, and says so when another was faster', async () => {
    dynamo.on(PutItemCommand).rejects(lost);
    expect(await documents.write('told', 'a', 2, { expected: 3 })).toBe(false);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toMatchObject({
      ConditionExpression: '#version = :expected',
      ExpressionAttributeValues: { ':expected': { N: '3' } },
    });
    dynamo.on(DeleteItemCommand).rejects(lost);
    expect(await documents.remove('told', 'a', 3)).toBe(false);
  });

  it('lets every other error through', async () => {
    dynamo.on(PutItemCommand).rejects(Object.assign(new Error('slow'), { name: 'ThrottlingException' }));
    await expect(documents.write('told', 'a', 2, { expected: 0 })).rejects.toMatchObject({
      code: 'throttled',
    });
  });

  it('reads pages until the limit is there', async () => {
    const item = (key: string) => ({ sk: { S: key }, ver: { N: '2' }, body: { S: `"${key}"` } });
    const next = { pk: { S: 'doc#told' }, sk: { S: 'a' } };
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [item('a')], LastEvaluatedKey: next })
      .resolves({ Items: [item('b')], LastEvaluatedKey: next });
    const found = await documents.list('told', 2);
    expect(found).toEqual([
      { key: 'a', version: 2, value: 'a' },
      { key: 'b', version: 2, value: 'b' },
    ]);
    expect(dynamo.commandCalls(QueryCommand).map((each) => each.args[0].input.Limit)).toEqual([2, 1]);
  });
});
