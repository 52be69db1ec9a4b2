import { DescribeScheduledActionsCommand } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { call, inBatches, pages } from './call.ts';
import { createCallBudget } from './call-budget.ts';
import { createAutoScalingClient } from './clients.ts';
import { type RecordedAnswer, recordedEndpoint, sleepingClock } from './testing/recorded-endpoint.ts';

const NO_ACTIONS = `<DescribeScheduledActionsResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
  <DescribeScheduledActionsResult><ScheduledUpdateGroupActions/></DescribeScheduledActionsResult>
  <ResponseMetadata><RequestId>7c6e177f</RequestId></ResponseMetadata></DescribeScheduledActionsResponse>`;

function errorAnswer(code: string, message: string, status = 400): RecordedAnswer {
  return {
    status,
    body: `<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><Error><Type>Sender</Type>
<Code>${code}</Code><Message>${message}</Message></Error><RequestId>7c6e177f</RequestId></ErrorResponse>`,
  };
}

function clientOn(answers: readonly RecordedAnswer[], maxAttempts = 1) {
  const endpoint = recordedEndpoint(answers);
  const clock = sleepingClock();
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  const client = createAutoScalingClient(
    { region: 'eu-west-1', maxAttempts, credentials },
    createCallBudget({ perSecond: 2, timing: clock.timing }),
  );
  client.config.requestHandler = endpoint.handler as never;
  return { client, clock, requests: endpoint.requests };
}

const command = () => new DescribeScheduledActionsCommand({ AutoScalingGroupName: 'web' });

describe('call', () => {
  it('S27: a write carries the decision id in the user agent of the signed request, a read does not', async () => {
    const { client, requests } = clientOn([{ body: NO_ACTIONS }]);
    await call(client, command(), { decisionId: 'checkout/web/floors/29000000' });
    await call(client, command());
    expect(requests[0]?.headers['user-agent']).toMatch(
      / evenkeel\/0\.1\.0 evenkeel-decision\/checkout%2Fweb%2Ffloors%2F29000000$/,
    );
    expect(requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 /);
    expect(requests[1]?.headers['user-agent']).not.toContain('evenkeel-decision');
  });

  it('S26: every request waits for its turn in the budget', async () => {
    const { client, clock, requests } = clientOn([{ body: NO_ACTIONS }]);
    for (let index = 0; index < 5; index += 1) await call(client, command());
    expect(requests).toHaveLength(5);
    expect(clock.sleeps.reduce((sum, each) => sum + each, 0)).toBe(2_000);
  });

  it('rejects with an AwsError that names the action, from the wire', async () => {
    const { client } = clientOn([errorAnswer('AccessDenied', 'User: x is not authorized', 403)]);
    await expect(call(client, command())).rejects.toMatchObject({
      meaning: 'denied',
      permission: 'autoscaling:DescribeScheduledActions',
    });
  });

  it('uses adaptive retries, which count towards the budget', async () => {
    const { client, requests, clock } = clientOn(
      [errorAnswer('ResourceContention', 'pending update', 500), { body: NO_ACTIONS }],
      2,
    );
    expect(await client.config.retryStrategy()).toMatchObject({ mode: 'adaptive' });
    await call(client, command());
    await call(client, command());
    expect(requests).toHaveLength(3);
    expect(clock.sleeps).toEqual([1_000]);
  });
});

describe('pages', () => {
  it('reads until there is no token, an empty one included', async () => {
    const tokens: (string | undefined)[] = [];
    const all = await pages(async (token) => {
      tokens.push(token);
      const number = Number(token ?? 0);
      return { items: [number], token: number === 2 ? '' : String(number + 1) };
    });
    expect(all).toEqual([0, 1, 2]);
    expect(tokens).toEqual([undefined, '1', '2']);
  });
});

describe('inBatches', () => {
  it('keeps order and fills every batch but the last', () => {
    const items = Array.from({ length: 101 }, (_, index) => index);
    const batches = inBatches(items, 50);
    expect(batches.map((batch) => batch.length)).toEqual([50, 50, 1]);
    expect(batches.flat()).toEqual(items);
  });
});
