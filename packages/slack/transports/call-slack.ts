import type { CallResult } from './transport.ts';

/** Where Slack's Web API is. */
export const SLACK_API = 'https://slack.com/api';

/** The part of `fetch` that is used, so that tests can put another one in its place. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Slack's answers that say nothing of whether the call had its effect. */
const UNCLEAR = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
/** Failures of the connection that come before anything was sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TIMEOUT_MS = 10_000;
const LEAST_WAIT_SECONDS = 1;

/** Sends a request; what the line or the HTTP status says is sorted by whether it may have had its effect. */
export async function send(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  patienceMs = TIMEOUT_MS,
): Promise<CallResult<Response>> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const message = messageOf(error);
    return NEVER_SENT.has(codeOf(error)) ? { kind: 'unreachable', message } : { kind: 'unknown', message };
  }
  if (response.status === 429) return { kind: 'later', seconds: secondsToWait(response) };
  if (response.status >= 500) return { kind: 'unknown', message: `Slack answered ${response.status}` };
  return { kind: 'done', value: response };
}

/** Calls a method of Slack's Web API and reads its JSON answer. */
export async function callMethod(options: {
  readonly fetch: Fetch;
  readonly url: string;
  readonly token: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Milliseconds after which the call counts as one without an answer; absent: ten seconds. */
  readonly patienceMs?: number;
}): Promise<CallResult<Readonly<Record<string, unknown>>>> {
  const request = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${options.token}`,
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: formOf(options.body),
  };
  const sent = await send(options.fetch, options.url, request, options.patienceMs);
  if (sent.kind !== 'done') return sent;
  const answer = await readJson(sent.value);
  if (answer === undefined) return { kind: 'unknown', message: 'Slack answered something that is not JSON' };
  if (answer.ok === true) return { kind: 'done', value: answer };
  const code = typeof answer.error === 'string' ? answer.error : 'unknown_error';
  if (code === 'ratelimited') return { kind: 'later', seconds: secondsToWait(sent.value) };
  return UNCLEAR.has(code) ? { kind: 'unknown', message: code } : { kind: 'refused', code };
}

/** Every method takes a form; not every one takes JSON (files.getUploadURLExternal does not). */
function formOf(body: Readonly<Record<string, unknown>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return form.toString();
}

async function readJson(response: Response): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const value: unknown = await response.json();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function secondsToWait(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) ? Math.max(LEAST_WAIT_SECONDS, Math.ceil(seconds)) : LEAST_WAIT_SECONDS;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Node's fetch wraps the system's error as its cause. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : '';
}
