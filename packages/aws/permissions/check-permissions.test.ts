import { IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { type RecordedAnswer, recordedEndpoint } from '../testing/recorded-endpoint.ts';
import { missingPermissions, principalOf } from './check-permissions.ts';

function iam(...answers: readonly RecordedAnswer[]) {
  const endpoint = recordedEndpoint(answers);
  const client = new IAMClient({
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    requestHandler: endpoint.handler as never,
  });
  return { client, requests: endpoint.requests };
}

const answer = (decisions: Readonly<Record<string, string>>): RecordedAnswer => ({
  body: `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${Object.entries(
    decisions,
  )
    .map(
      ([action, decision]) =>
        `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`,
    )
    .join('')}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
});

const CALLER = 'arn:aws:sts::111122223333:assumed-role/operator/bob';

describe('missing permissions', () => {
  it('are those that IAM would not allow, for whatever reason', async () => {
    const { client, requests } = iam(
      answer({ 'a:Read': 'allowed', 'a:Write': 'implicitDeny', 'a:Delete': 'explicitDeny' }),
    );
    const actions = ['a:Read', 'a:Write', 'a:Delete'];
    expect(
      await missingPermissions(client, { caller: CALLER, region: 'eu-west-1', resource: '*', actions }),
    ).toEqual(['a:Delete', 'a:Write']);
    const body = new URLSearchParams(requests[0]?.body);
    expect(body.get('PolicySourceArn')).toBe('arn:aws:iam::111122223333:role/operator');
    expect(body.get('Action')).toBe('SimulatePrincipalPolicy');
    expect([...body.values()]).toContain('aws:ResourceTag/evenkeel:workload');
  });

  it('of more actions than one call takes are asked for in parts', async () => {
    const { client, requests } = iam(answer({}));
    const actions = Array.from({ length: 120 }, (_, i) => `a:Action${i}`);
    await missingPermissions(client, { caller: CALLER, region: 'eu-west-1', resource: '*', actions });
    expect(requests).toHaveLength(3);
  });

  it('the account itself has none, and is not asked for', async () => {
    const { client, requests } = iam(answer({}));
    const question = {
      caller: 'arn:aws:iam::111122223333:root',
      region: 'eu-west-1',
      resource: '*',
      actions: ['a:Write'],
    };
    expect(await missingPermissions(client, question)).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('reject where IAM may not be asked, naming the permission', async () => {
    const { client } = iam({
      status: 403,
      body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
    });
    await expect(
      missingPermissions(client, {
        caller: CALLER,
        region: 'eu-west-1',
        resource: '*',
        actions: ['a:Write'],
      }),
    ).rejects.toThrow(/iam:SimulatePrincipalPolicy/);
  });
});

it.each([
  [CALLER, 'arn:aws:iam::111122223333:role/operator'],
  ['arn:aws-cn:sts::111122223333:assumed-role/a-b/c', 'arn:aws-cn:iam::111122223333:role/a-b'],
  ['arn:aws:iam::111122223333:user/ops/bob', 'arn:aws:iam::111122223333:user/ops/bob'],
])('%s has the policies of %s', (caller, principal) => {
  expect(principalOf(caller)).toBe(principal);
});
