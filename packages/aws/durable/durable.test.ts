import { LambdaClient } from '@aws-sdk/client-lambda';
import { minute } from '@evenkeel/core/quantities';
import { plainProposal } from '@evenkeel/engine/memory';
import type { RolloutRequest } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { type RecordedAnswer, recordedEndpoint } from '../testing/recorded-endpoint.ts';
import { createRolloutStarter, executionNameOf } from './rollout-starter.ts';
import { createWaker } from './waker.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111111111111:function:evenkeel-test-rollout:7';

function lambda(...answers: readonly RecordedAnswer[]) {
  const endpoint = recordedEndpoint(answers);
  const client = new LambdaClient({
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    requestHandler: endpoint.handler as never,
  });
  return { client, requests: endpoint.requests };
}

const refusal = (code: string, status = 409): RecordedAnswer => ({
  status,
  body: JSON.stringify({ __type: code, Message: 'no' }),
});

const request: RolloutRequest = {
  id: 'review/111111111111/eu-west-1/web/29000000/shape-proposed',
  at: minute(29_000_000),
  workload: 'shop',
  ref: { account: '111111111111', region: 'eu-west-1', name: 'web' },
  proposal: plainProposal(),
};

describe('starting a rollout', () => {
  it('invokes the function asynchronously, with a name made of the proposal, and the decision in the user agent (S27)', async () => {
    const { client, requests } = lambda({ status: 202, body: '' });
    const starter = createRolloutStarter({ client, functionArn: FUNCTION });
    expect(await starter.start(request)).toBe('started');
    const [sent] = requests;
    const execution = executionNameOf(request.id);
    expect(sent?.headers).toMatchObject({
      'x-amz-invocation-type': 'Event',
      'x-amz-durable-execution-name': execution,
    });
    expect(sent?.headers['user-agent']).toContain(encodeURIComponent(request.id));
    expect(JSON.parse(sent?.body ?? '')).toEqual({ ...request, execution });
  });

  it('names an execution by its proposal alone, within what Lambda takes', () => {
    const long = `review/1/eu-west-1/${'x'.repeat(255)}/29000000/shape-proposed`;
    expect(executionNameOf(long)).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    expect(executionNameOf(long)).toBe(executionNameOf(long));
    expect(executionNameOf(long)).not.toBe(executionNameOf(request.id));
  });

  it('takes the refusal of a name that is in use for what it is: it was started before', async () => {
    const { client } = lambda(refusal('DurableExecutionAlreadyStartedException'));
    expect(await createRolloutStarter({ client, functionArn: FUNCTION }).start(request)).toBe(
      'already-started',
    );
  });

  it('says so where it could not be started, so that it is tried again', async () => {
    const { client } = lambda(refusal('TooManyRequestsException', 429));
    await expect(
      createRolloutStarter({ client, functionArn: FUNCTION }).start(request),
    ).rejects.toMatchObject({ code: 'throttled' });
  });
});

describe('waking a rollout', () => {
  it('sends the callback, and nothing where there is none', async () => {
    const { client, requests } = lambda({ body: '{}' });
    const wake = createWaker(client);
    await wake({});
    expect(requests).toHaveLength(0);
    await wake({ callback: 'cb-1' });
    expect(requests).toHaveLength(1);
  });

  it.each(['CallbackTimeoutException', 'ResourceNotFoundException', 'AccessDeniedException'])(
    'late, twice or not allowed does no harm: %s is no failure',
    async (code) => {
      const { client, requests } = lambda(refusal(code, 400));
      await createWaker(client)({ callback: 'cb-1' });
      expect(requests).toHaveLength(1);
    },
  );

  it('rejects where trying again may help', async () => {
    const { client } = lambda(refusal('ServiceException', 500));
    await expect(createWaker(client)({ callback: 'cb-1' })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
