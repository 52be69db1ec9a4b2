import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ExecutionInput } from '@evenkeel/aws/durable';

interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/**
 * Durable executions as Lambda keeps them, under a real client of the SDK: a name is started once; the same name with another input is refused;
 * a callback is called once.
 */
export function createFakeLambda() {
  const executions = new Map<string, string>();
  const callbacks: string[] = [];

  const answer = (status: number, body = '') => ({
    response: {
      statusCode: status,
      reason: '',
      headers: { 'content-type': 'application/json' },
      body: new TextEncoder().encode(body),
    },
  });
  const refuse = (code: string) => answer(409, JSON.stringify({ __type: code, Message: 'refused' }));
  const handle = async ({ path, headers, body = '' }: Request) => {
    const callback = /durable-execution-callbacks\/([^/]+)\/succeed/.exec(path)?.[1];
    if (callback !== undefined) {
      const id = decodeURIComponent(callback);
      if (callbacks.includes(id)) return refuse('CallbackTimeoutException');
      callbacks.push(id);
      return answer(200, '{}');
    }
    const name = headers['x-amz-durable-execution-name'] ?? '';
    const input = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const known = executions.get(name);
    if (known !== undefined && known !== input) return refuse('DurableExecutionAlreadyStartedException');
    executions.set(name, input);
    return answer(202);
  };

  const client = new LambdaClient({
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    requestHandler: { handle, metadata: { handlerProtocol: 'http/1.1' } } as never,
  });
  return {
    client,
    /** Callbacks that were called. */
    callbacks,
    /** What each execution began with. */
    inputs: (): readonly ExecutionInput[] =>
      [...executions.values()].map((input) => JSON.parse(input) as ExecutionInput),
  };
}
