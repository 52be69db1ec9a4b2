import { Readable } from 'node:stream';

/** What a request or an answer of the query protocol holds. */
export type QueryValue = string | QueryValue[] | { readonly [name: string]: QueryValue };
export type QueryFields = { readonly [name: string]: QueryValue };

/** What a fake service refuses with, as AWS codes it. */
export class QueryRefusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** One operation of a fake service: what it answers, or a QueryRefusal it throws. */
export type QueryOperation = (fields: QueryFields) => QueryFields;

/** A field that is a text; empty where it is not there. */
export function textOf(fields: QueryFields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** Decodes `A.B.member.1.C=x` of a request's body. */
function decodeQuery(body: string): QueryFields {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    let at = root;
    const parts = name.split('.').filter((part) => part !== 'member');
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[parts.at(-1) ?? ''] = value;
  }
  return withLists(root) as QueryFields;
}

/** What has keys 1, 2, 3 … is a list. */
function withLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, withLists(each)] as const);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index + 1));
  return isList ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

function encode(value: QueryValue): string {
  if (typeof value === 'string') return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  if (Array.isArray(value)) return value.map((each) => `<member>${encode(each)}</member>`).join('');
  return Object.entries(value)
    .map(([name, each]) => `<${name}>${encode(each)}</${name}>`)
    .join('');
}

/** What happens to the next request on its way. */
export interface Accident {
  /** The service refuses before it does anything. */
  readonly refuse?: QueryRefusal;
  /** The service does it, and the answer is lost. */
  readonly loseAnswer?: boolean;
}

/**
 * A fake AWS service under a real SDK client (`client.config.requestHandler`): serialisation, signing and retries are the SDK's own, what is
 * answered is the service's state.
 */
export function queryService(operations: Readonly<Record<string, QueryOperation>>) {
  const requests: { readonly action: string; readonly fields: QueryFields; readonly userAgent: string }[] =
    [];
  const accidents = new Map<string, Accident[]>();

  const answer = (body: string, userAgent: string): { status: number; xml: string } => {
    const { Action: _, ...fields } = decodeQuery(body);
    const name = new URLSearchParams(body).get('Action') ?? '';
    requests.push({ action: name, fields, userAgent });
    const accident = accidents.get(name)?.shift();
    try {
      if (accident?.refuse) throw accident.refuse;
      const operation = operations[name];
      if (!operation) throw new QueryRefusal('InvalidAction', `the fake service has no ${name}`);
      const result = encode(operation(fields));
      if (accident?.loseAnswer) throw new QueryRefusal('InternalFailure', 'the answer was lost', 500);
      return {
        status: 200,
        xml: `<${name}Response><${name}Result>${result}</${name}Result></${name}Response>`,
      };
    } catch (error) {
      if (!(error instanceof QueryRefusal)) throw error;
      const { code, message, status } = error;
      const said = `<Type>Sender</Type><Code>${code}</Code><Message>${encode(message)}</Message>`;
      return { status, xml: `<ErrorResponse><Error>${said}</Error></ErrorResponse>` };
    }
  };

  return {
    requests,
    /** What the service says to a request's body. */
    answer,
    /** What happens to the next requests of an operation, one after the other. */
    next(action: string, ...happens: readonly Accident[]): void {
      accidents.set(action, [...(accidents.get(action) ?? []), ...happens]);
    },
    handler: {
      async handle(request: { headers: Record<string, string>; body?: string }) {
        const { status, xml } = answer(request.body ?? '', request.headers['user-agent'] ?? '');
        const headers = { 'content-type': 'text/xml' };
        return {
          response: { statusCode: status, reason: '', headers, body: Readable.from([Buffer.from(xml)]) },
        };
      },
      metadata: { handlerProtocol: 'http/1.1' },
      updateHttpClientConfig() {},
      httpHandlerConfigs: () => ({}),
      destroy() {},
    },
  };
}
