import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { call } from './call.ts';
import { type ClientSettings, clientConfig } from './clients.ts';
import { AwsError } from './errors.ts';

/** The account the credentials belong to. Rejects with an AwsError that says what to do where there are none. */
export async function readAccount(settings: ClientSettings): Promise<string> {
  const { Account } = await call(new STSClient(clientConfig(settings)), new GetCallerIdentityCommand({}));
  if (Account !== undefined) return Account;
  throw new AwsError({
    meaning: 'unavailable',
    awsCode: 'NoAccount',
    message: 'sts:GetCallerIdentity gave no account',
  });
}
