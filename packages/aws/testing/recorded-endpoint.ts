import { Readable } from 'node:stream';

/** One answer as it came over the wire. */
export interface RecordedAnswer {
  readonly status?: number;
  readonly body: string;
}

export interface RecordedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Stands in for the network under a real SDK client (`client.config.requestHandler`): the whole SDK runs, signing and retries
 * included, and gets the recorded answers one after the other, the last one again and again.
 */
export function recordedEndpoint(answers: readonly RecordedAnswer[]) {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    handler: {
      async handle(request: { headers: Record<string, string>; body?: string }) {
        const answer = answers[Math.min(requests.length, answers.length - 1)]!;
        requests.push({ headers: { ...request.headers }, body: request.body ?? '' });
        const response = {
          statusCode: answer.status ?? 200,
          reason: '',
          headers: { 'content-type': 'text/xml' },
          body: Readable.from([Buffer.from(answer.body)]),
        };
        return { response };
      },
      metadata: { handlerProtocol: 'http/1.1' },
      updateHttpClientConfig() {},
      httpHandlerConfigs: () => ({}),
      destroy() {},
    },
  };
}

/** A clock that only moves when somebody sleeps. */
export function sleepingClock(start = 0) {
  let now = start;
  const sleeps: number[] = [];
  return {
    sleeps,
    timing: {
      now: () => now as never,
      sleep: async (milliseconds: number) => {
        sleeps.push(milliseconds);
        now += milliseconds;
      },
    },
    advance(milliseconds: number) {
      now += milliseconds;
    },
  };
}
