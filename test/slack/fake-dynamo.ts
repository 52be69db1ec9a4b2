import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

type Item = Record<string, { S?: string; N?: string }>;

/**
 * As much of DynamoDB as the stores use, in memory: items by two keys, the two conditions they write under, queries of a
 * partition. The emulator suite runs the same stores on an implementation that nobody here wrote.
 */
export function createFakeDynamo(): void {
  const items = new Map<string, Item>();
  const keyOf = ({ pk, sk }: Item) => `${pk?.S}\n${sk?.S}`;
  const check = (standing: Item | undefined, condition: string | undefined, values: Item | undefined) => {
    const holds =
      condition === undefined ||
      (condition === 'attribute_not_exists(pk)' && standing === undefined) ||
      (condition === '#version = :expected' && standing?.ver?.N === values?.[':expected']?.N);
    if (!holds) throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
  };
  const dynamo = mockClient(DynamoDBClient);
  dynamo
    .on(PutItemCommand)
    .callsFake(({ Item: item, ConditionExpression: condition, ExpressionAttributeValues: values }) => {
      check(items.get(keyOf(item as Item)), condition as string, values as Item);
      items.set(keyOf(item as Item), item as Item);
      return {};
    });
  dynamo
    .on(DeleteItemCommand)
    .callsFake(({ Key, ConditionExpression: condition, ExpressionAttributeValues: values }) => {
      check(items.get(keyOf(Key as Item)), condition as string, values as Item);
      items.delete(keyOf(Key as Item));
      return {};
    });
  dynamo.on(GetItemCommand).callsFake(({ Key }) => ({ Item: items.get(keyOf(Key as Item)) }));
  dynamo.on(QueryCommand).callsFake((input) => {
    const values = input.ExpressionAttributeValues as Item;
    const found = [...items.values()]
      .filter(
        ({ pk, sk }) =>
          pk?.S === values[':pk']?.S && (!values[':before'] || (sk?.S ?? '') < (values[':before'].S ?? '')),
      )
      .filter(({ grp }) => !values[':grp'] || grp?.S === values[':grp'].S)
      .sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1));
    if (input.ScanIndexForward === false) found.reverse();
    return { Items: found.slice(0, input.Limit as number | undefined) };
  });
}
