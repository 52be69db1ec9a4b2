import { createHmac } from 'node:crypto';
import type { Instant } from '@evenkeel/core/quantities';
import type { Fetch } from '@evenkeel/slack/transports';
import { blockProblems } from './check-blocks.ts';

type Json = Record<string, unknown>;

/** A message as it stands in a channel. */
export interface StandingMessage {
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string;
  readonly broadcast: boolean;
  /** The id kept in its metadata. */
  readonly id?: string;
  text: string;
  blocks: readonly Json[];
  updates: number;
}

/**
 * What happens to a call: `lost`: the line breaks after it had its effect; `down`: nobody is there; `silent`: no answer for as long as the
 * caller waits; `busy`: 503 without effect.
 */
export type Fate = 'ok' | 'down' | 'silent' | 'lost' | 'busy' | 'limited';

export interface FakeSlackOptions {
  readonly now: () => Instant;
  readonly channels?: Readonly<Record<string, string>>;
  readonly fate?: (method: string) => Fate;
  /** The app was installed without the history scopes. */
  readonly noHistory?: boolean | undefined;
}

export const FAKE = {
  token: 'xoxb-fake-token',
  signingSecret: 'fake-signing-secret',
  api: 'https://slack.test/api',
  webhook: 'https://hooks.slack.test/services/T0/B0/secret',
} as const;

const MS_BETWEEN_POSTS = 1_000;
const RESPONSE_USES = 5;
const RESPONSE_MS = 30 * 60_000;
const TRIGGER_MS = 3_000;

/** A workspace that holds Evenkeel to Slack's limits. `fetch` is its network. */
export function createFakeSlack({
  now,
  channels = { evenkeel: 'C0EVENKEEL' },
  fate = () => 'ok',
  noHistory = false,
}: FakeSlackOptions) {
  const messages: StandingMessage[] = [];
  const files = new Map<string, { name: string; bytes?: Buffer; done: boolean }>();
  const lastPost = new Map<string, number>();
  const replies: { url: string; body: Json }[] = [];
  const responseUrls = new Map<string, { made: number; uses: number }>();
  const triggers = new Map<string, number>();
  const views: Json[] = [];
  const groups = new Map<string, readonly string[]>();
  const refusals: string[] = [];
  let sequence = 0;

  const complete = () => new Set([...files].filter(([, file]) => file.done).map(([id]) => id));
  const refuse = (error: string, detail = ''): Json => {
    refusals.push(`${error} ${detail}`.trim());
    return { ok: false, error };
  };
  const idOf = (channel: string) =>
    Object.values(channels).includes(channel) ? channel : channels[channel.replace(/^#/, '')];

  const methods: Record<string, (body: Json) => Json | Response> = {
    'chat.postMessage'(body) {
      const channel = idOf(String(body.channel));
      if (channel === undefined) return refuse('channel_not_found');
      const wait = tooSoon(channel);
      if (wait !== undefined) return wait;
      const problem = contentProblem(body);
      if (problem !== undefined) return problem;
      const thread = body.thread_ts as string | undefined;
      if (thread !== undefined && !messages.some((each) => each.channel === channel && each.ts === thread))
        return refuse('thread_not_found');
      const payload = (body.metadata as { event_payload?: { id?: string } } | undefined)?.event_payload;
      const message: StandingMessage = {
        channel,
        ts: nextTs(),
        ...(thread !== undefined && { thread }),
        broadcast: body.reply_broadcast === true,
        ...(payload?.id !== undefined && { id: payload.id }),
        text: String(body.text),
        blocks: (body.blocks as Json[] | undefined) ?? [],
        updates: 0,
      };
      messages.push(message);
      return { ok: true, channel, ts: message.ts };
    },
    'chat.update'(body) {
      const message = messages.find((each) => each.channel === body.channel && each.ts === body.ts);
      if (message === undefined) return refuse('message_not_found');
      const problem = contentProblem(body);
      if (problem !== undefined) return problem;
      message.text = String(body.text);
      message.blocks = (body.blocks as Json[] | undefined) ?? [];
      message.updates += 1;
      return { ok: true, channel: message.channel, ts: message.ts };
    },
    'conversations.list': () => ({
      ok: true,
      channels: Object.entries(channels).map(([name, id]) => ({ id, name })),
    }),
    'conversations.history': (body) => history(body, (message) => message.thread === undefined),
    'conversations.replies': (body) =>
      history(body, (message) => message.thread === body.ts || message.ts === body.ts),
    'files.getUploadURLExternal'(body) {
      sequence += 1;
      const id = `F${sequence}`;
      files.set(id, { name: String(body.filename), done: false });
      if (!(Number(body.length) > 0)) return refuse('invalid_arguments');
      return { ok: true, file_id: id, upload_url: `https://files.slack.test/upload/${id}` };
    },
    'files.completeUploadExternal'(body) {
      for (const { id } of body.files as readonly { id: string }[]) {
        const file = files.get(id);
        if (file?.bytes === undefined) return refuse('file_not_found');
        file.done = true;
      }
      return { ok: true, files: body.files as Json[] };
    },
    'views.open'(body) {
      const made = triggers.get(String(body.trigger_id));
      if (made === undefined) return refuse('invalid_trigger_id');
      triggers.delete(String(body.trigger_id));
      if (now() - made > TRIGGER_MS) return refuse('expired_trigger_id');
      const view = body.view as Json;
      const problems = blockProblems(view.blocks, complete(), 100);
      if (problems.length > 0) return refuse('invalid_blocks', problems.join('; '));
      views.push(view);
      return { ok: true, view };
    },
    'usergroups.users.list': (body) => {
      const users = groups.get(String(body.usergroup));
      return users === undefined ? refuse('no_such_subteam') : { ok: true, users: [...users] };
    },
  };

  function contentProblem(body: Json): Json | undefined {
    const text = body.text as string | undefined;
    if (!text && !body.blocks) return refuse('no_text');
    if ((text?.length ?? 0) > 40_000) return refuse('msg_too_long');
    if (body.blocks === undefined) return undefined;
    try {
      const problems = blockProblems(body.blocks, complete());
      return problems.length > 0 ? refuse('invalid_blocks', problems.join('; ')) : undefined;
    } catch (error) {
      return refuse('invalid_blocks', String(error));
    }
  }

  function history(body: Json, isIn: (message: StandingMessage) => boolean): Json {
    if (noHistory) return refuse('missing_scope');
    const channel = String(body.channel);
    if (!Object.values(channels).includes(channel)) return refuse('channel_not_found');
    const found = messages.filter(
      (each) => each.channel === channel && isIn(each) && Number(each.ts) > Number(body.oldest),
    );
    const size = Number(body.limit);
    const start = Number(body.cursor ?? 0);
    const page = found.slice(start, start + size).map((each) => ({
      ts: each.ts,
      text: each.text,
      ...(body.include_all_metadata === true &&
        each.id !== undefined && {
          metadata: { event_type: 'evenkeel_message', event_payload: { id: each.id } },
        }),
    }));
    const next = start + size < found.length ? String(start + size) : '';
    return { ok: true, messages: page, response_metadata: { next_cursor: next } };
  }

  function tooSoon(lane: string): Response | undefined {
    const since = now() - (lastPost.get(lane) ?? Number.NEGATIVE_INFINITY);
    if (since < MS_BETWEEN_POSTS) {
      refusals.push('ratelimited');
      return limited();
    }
    lastPost.set(lane, now());
    return undefined;
  }

  function nextTs(): string {
    sequence += 1;
    return `${Math.floor(now() / 1000)}.${String(sequence).padStart(6, '0')}`;
  }

  function webhook(body: Json): Response {
    const wait = tooSoon('webhook');
    if (wait !== undefined) return wait;
    if (typeof body.text !== 'string' || body.text === '' || body.text.length > 40_000)
      return new Response('invalid_payload', { status: 400 });
    messages.push({
      channel: 'webhook',
      ts: nextTs(),
      broadcast: false,
      text: body.text,
      blocks: (body.blocks as Json[] | undefined) ?? [],
      updates: 0,
    });
    return new Response('ok');
  }

  function response(url: string, body: Json): Response {
    const known = responseUrls.get(url);
    if (known === undefined) return new Response('no such url', { status: 404 });
    known.uses += 1;
    if (known.uses > RESPONSE_USES || now() - known.made > RESPONSE_MS) {
      refusals.push('used_url');
      return new Response('used_url', { status: 404 });
    }
    replies.push({ url, body });
    return new Response('ok');
  }

  const fetch: Fetch = async (url, init) => {
    const method = url.startsWith(`${FAKE.api}/`)
      ? url.slice(FAKE.api.length + 1)
      : (new URL(url).pathname.split('/')[1] ?? '');
    const fated = fate(method);
    if (fated === 'down')
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    if (fated === 'silent') return silence(init.signal);
    if (fated === 'busy') return new Response('', { status: 503 });
    if (fated === 'limited') return limited();
    const answer = await handle(url, method, init);
    if (fated === 'lost')
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
    return answer;
  };

  async function handle(url: string, method: string, init: RequestInit): Promise<Response> {
    if (url === FAKE.webhook) return webhook(JSON.parse(init.body as string) as Json);
    if (url.startsWith('https://hooks.slack.test/'))
      return response(url, JSON.parse(init.body as string) as Json);
    if (url.startsWith('https://files.slack.test/upload/')) {
      const file = files.get(url.split('/').at(-1)!);
      const bytes = Buffer.from(init.body as Uint8Array);
      if (file === undefined || bytes.subarray(1, 4).toString() !== 'PNG')
        return new Response('no', { status: 400 });
      file.bytes = bytes;
      return new Response('OK');
    }
    const headers = new Headers(init.headers);
    if (headers.get('authorization') !== `Bearer ${FAKE.token}`) return Response.json(refuse('invalid_auth'));
    if (!headers.get('content-type')?.startsWith('application/x-www-form-urlencoded'))
      return Response.json(refuse('invalid_form_data'));
    const run = methods[method];
    if (run === undefined) return Response.json(refuse('unknown_method'));
    const answer = run(formOf(init.body as string));
    return answer instanceof Response ? answer : Response.json(answer);
  }

  return {
    fetch,
    messages,
    files,
    replies,
    views,
    /** Every "no" that was said, with the reason. */
    refusals,
    groups,
    /** The messages with this id, wherever they stand. */
    withId: (id: string) => messages.filter((each) => each.id === id),
    newResponseUrl(): string {
      sequence += 1;
      const url = `https://hooks.slack.test/actions/${sequence}`;
      responseUrls.set(url, { made: now(), uses: 0 });
      return url;
    },
    newTrigger(): string {
      sequence += 1;
      const id = `trigger-${sequence}`;
      triggers.set(id, now());
      return id;
    },
    /** A request as Slack would send it, signed over its raw body. */
    signed(
      body: string,
      at: Instant = now(),
    ): { readonly body: string; readonly headers: Record<string, string> } {
      const seconds = String(Math.floor(at / 1000));
      const signature = createHmac('sha256', FAKE.signingSecret)
        .update(`v0:${seconds}:${body}`)
        .digest('hex');
      return {
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': seconds,
          'x-slack-signature': `v0=${signature}`,
        },
      };
    },
  };
}

function silence(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    else signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

function limited(): Response {
  return new Response('', { status: 429, headers: { 'retry-after': '1' } });
}

/** A form whose values that are JSON are read as such, as Slack does for `blocks` and the like. */
function formOf(body: string): Json {
  const json = [
    'blocks',
    'metadata',
    'files',
    'view',
    'reply_broadcast',
    'include_all_metadata',
    'unfurl_links',
    'exclude_archived',
  ];
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      json.includes(name) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}
