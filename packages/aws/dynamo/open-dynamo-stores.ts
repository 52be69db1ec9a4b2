import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ClientSettings, clientConfig } from '../clients.ts';
import { createDynamoStores, type DynamoStores } from './dynamo-stores.ts';

/** The stores in the table of that name, with a client of their own. */
export function openDynamoStores(settings: ClientSettings, table: string): DynamoStores {
  return createDynamoStores({ client: new DynamoDBClient(clientConfig(settings)), table });
}
