import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { call } from './call.ts';
import { type ClientSettings, clientConfig } from './clients.ts';
import { AwsError } from './errors.ts';

/** The account the credentials belong to. Rejects with an AwsError that says what to do where there are none. */
export async function readAccount(settings: ClientSettings): Promise<string> {
  return (await readCaller(settings)).account;
}

/** Whose the credentials are: the account, and the user or the session of a role. Rejects as `readAccount` does. */
export async function readCaller(
  settings: ClientSettings,
): Promise<{ readonly account: string; readonly arn: string }> {
  const answer = await call(new STSClient(clientConfig(settings)), new GetCallerIdentityCommand({}));
  const { Account, Arn = '' } = answer;
  if (Account !== undefined) return { account: Account, arn: Arn };
  throw new AwsError({
    meaning: 'unavailable',
    awsCode: 'NoAccount',
    message: 'sts:GetCallerIdentity gave no account',
  });
}
