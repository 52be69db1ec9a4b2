import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { call } from '@evenkeel/aws/call';
import { type ClientSettings, type Credentials, clientConfig } from '@evenkeel/aws/clients';

export interface RoleInAccount {
  /** Where the caller's own credentials are good. */
  readonly home: ClientSettings;
  readonly roleArn: string;
  /** What the role asks for, so that nobody can talk Evenkeel into working for them (the confused deputy). */
  readonly externalId: string;
}

/** Credentials of a role in another account, asked for when first needed; the SDK asks again before they end. */
export function roleInAccount({ home, roleArn, externalId }: RoleInAccount): () => Promise<Credentials> {
  const sts = new STSClient(clientConfig(home));
  return async () => {
    const { Credentials: given } = await call(
      sts,
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'evenkeel', ExternalId: externalId }),
    );
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) {
      throw new Error(`sts gave no credentials for ${roleArn}`);
    }
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken !== undefined && { sessionToken: given.SessionToken }),
      ...(given.Expiration && { expiration: given.Expiration }),
    };
  };
}
