import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to AWS, as far as a test must know it. */
export interface FrontRequest {
  /** `DescribeInstanceRefreshes`, `LookupEvents`, … */
  readonly operation: string;
  readonly body: string;
  readonly userAgent: string;
}

export interface FrontAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Answers a request in the emulator's place; undefined lets it through. `pass` sends it on with another body. */
export type Interceptor = (
  request: FrontRequest,
  pass: (body: string) => Promise<FrontAnswer>,
) => FrontAnswer | undefined | Promise<FrontAnswer | undefined>;

export interface Front {
  readonly endpoint: string;
  /** Every request since the start, also those let through. */
  readonly requests: FrontRequest[];
  /** What a test wants to go wrong, asked before anything else. */
  interceptor: Interceptor | undefined;
  close(): Promise<void>;
}

/**
 * A door before the emulator: notes every request, answers what the emulator has no answer for (see `LACKS`), and lets a test
 * make calls fail on the wire, where the real SDK with its retries sees it.
 */
export async function openFront(emulator: string, lacks: Interceptor): Promise<Front> {
  const requests: FrontRequest[] = [];
  const front = { requests, interceptor: undefined as Interceptor | undefined };
  const server = createServer((incoming, outgoing) => {
    void handle({ incoming, outgoing, emulator, lacks, front }).catch((error: unknown) => {
      outgoing.writeHead(502).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(front, {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

/** An error as the query protocol (EC2 Auto Scaling) sends it. */
export function queryError(code: string, message: string, status = 400): FrontAnswer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, contentType: 'text/xml', body: `<ErrorResponse>${error}</ErrorResponse>` };
}

/** A result as the query protocol sends it. */
export function queryResult(operation: string, xml: string): FrontAnswer {
  const result = `<${operation}Result>${xml}</${operation}Result>`;
  return {
    status: 200,
    contentType: 'text/xml',
    body: `<${operation}Response>${result}</${operation}Response>`,
  };
}

export function jsonResult(value: unknown): FrontAnswer {
  return { status: 200, contentType: 'application/x-amz-json-1.1', body: JSON.stringify(value) };
}

/** An error as the JSON protocols (CloudTrail, DynamoDB, Scheduler) send it. */
export function jsonError(type: string, message: string, status = 400): FrontAnswer {
  return {
    status,
    contentType: 'application/x-amz-json-1.1',
    body: JSON.stringify({ __type: type, message }),
  };
}

async function handle(exchange: {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly emulator: string;
  readonly lacks: Interceptor;
  readonly front: Pick<Front, 'requests' | 'interceptor'>;
}): Promise<void> {
  const { incoming, outgoing, emulator, lacks, front } = exchange;
  const body = await bytesOf(incoming);
  const request = requestOf(incoming, body);
  front.requests.push(request);
  const pass = (changed: string | Buffer) => passOn(emulator, incoming, changed);
  const answer =
    (await front.interceptor?.(request, pass)) ?? (await lacks(request, pass)) ?? (await pass(body));
  outgoing.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body);
}

async function passOn(
  emulator: string,
  { method = 'POST', url = '/', headers }: IncomingMessage,
  body: string | Buffer,
): Promise<FrontAnswer> {
  const passed = await fetch(`${emulator}${url}`, {
    method,
    headers: passedOn(headers),
    ...(body.length > 0 && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
  return {
    status: passed.status,
    contentType: passed.headers.get('content-type') ?? 'application/octet-stream',
    body: await passed.bytes(),
  };
}

function requestOf(incoming: IncomingMessage, body: Buffer): FrontRequest {
  const target = String(incoming.headers['x-amz-target'] ?? '');
  const text = String(incoming.headers['content-encoding'] ?? '') === '' ? body.toString('utf8') : '';
  const rpc = /\/operation\/(\w+)/.exec(incoming.url ?? '')?.[1];
  const action = new URLSearchParams(text).get('Action');
  return {
    operation:
      rpc ?? (target === '' ? (action ?? `${incoming.method} ${incoming.url}`) : target.split('.').at(-1)!),
    body: text,
    userAgent: String(incoming.headers['user-agent'] ?? ''),
  };
}

/** Node's fetch sets the headers of the connection itself. */
function passedOn(headers: IncomingMessage['headers']): Record<string, string> {
  const own = ['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'keep-alive'];
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      own.includes(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
