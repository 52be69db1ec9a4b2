import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Stores } from '@evenkeel/engine/ports';
import { type ClientSettings, clientConfig } from '../clients.ts';
import { createDynamoStores } from './dynamo-stores.ts';

/** The stores in the table of that name, with a client of their own. */
export function openDynamoStores(settings: ClientSettings, table: string): Stores {
  return createDynamoStores({ client: new DynamoDBClient(clientConfig(settings)), table });
}
