import { type Answer, listOf } from './fake-aws.ts';

interface Attribute {
  readonly S?: string;
  readonly N?: string;
}
type Item = Readonly<Record<string, Attribute>>;

interface TableInput {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Item;
  readonly ExpressionAttributeNames?: unknown;
  readonly KeyConditionExpression?: string;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
}

const BYTES_PER_WRITE = 1024;
const BYTES_PER_READ = 4096;

/** DynamoDB in memory, as far as the stores use it, with the units AWS would bill (consistent reads). */
export function createFakeTable(): Record<string, Answer> {
  const items = new Map<string, Item>();
  const keyOf = (item: Item | undefined) => `${item?.pk?.S}\u0000${item?.sk?.S}`;
  const sizeOf = (item: Item) =>
    Object.entries(item).reduce((sum, [name, { S, N }]) => sum + name.length + (S ?? N ?? '').length, 0);
  const units = (bytes: number, per: number) => Math.max(1, Math.ceil(bytes / per));

  return {
    'dynamodb:GetItem': (raw, count) => {
      const found = items.get(keyOf((raw as TableInput).Key));
      count('dynamoReadUnits', units(found ? sizeOf(found) : 0, BYTES_PER_READ));
      return found ? { Item: found } : {};
    },
    'dynamodb:PutItem': (raw, count) => {
      const {
        Item: item = {},
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
      } = raw as TableInput;
      const standing = items.get(keyOf(item));
      count('dynamoWriteUnits', units(sizeOf(item), BYTES_PER_WRITE));
      const isNew = condition?.includes('attribute_not_exists') ?? false;
      const version = Object.values(values ?? {})[0]?.N;
      const refused = isNew
        ? standing !== undefined
        : condition !== undefined && standing?.ver?.N !== version;
      if (refused)
        throw Object.assign(new Error('the condition failed'), { name: 'ConditionalCheckFailedException' });
      items.set(keyOf(item), item);
      return {};
    },
    'dynamodb:DeleteItem': (raw, count) => {
      count('dynamoWriteUnits', 1);
      items.delete(keyOf((raw as TableInput).Key));
      return {};
    },
    'dynamodb:Query': (raw, count) => {
      const {
        ExpressionAttributeValues: values,
        ScanIndexForward: forward,
        Limit: limit,
      } = raw as TableInput;
      const before = values?.[':before']?.S;
      const found = listOf(items.values())
        .filter(
          ({ pk, sk }) => pk?.S === values?.[':pk']?.S && (before === undefined || (sk?.S ?? '') < before),
        )
        .sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1));
      const page = (forward === false ? found.reverse() : found).slice(0, limit);
      count(
        'dynamoReadUnits',
        units(
          page.reduce((sum, item) => sum + sizeOf(item), 0),
          BYTES_PER_READ,
        ),
      );
      return { Items: page };
    },
  };
}
