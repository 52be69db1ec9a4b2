import { callMethod, type Fetch, SLACK_API, send } from './call-slack.ts';
import { type CallResult, mapDone, type PostedAt, type Transport } from './transport.ts';

/** The event type under which a message's id is kept with it. */
export const METADATA_TYPE = 'evenkeel_message';
/** A channel, private channel or direct message by id; anything else is a name. */
const CHANNEL_ID = /^[CGD][A-Z0-9]{6,}$/;
const PAGE = 200;
const MOST_PAGES = 10;

export interface WebApiOptions {
  /** The bot token; never logged, never in an error. */
  readonly token: string;
  readonly fetch: Fetch;
  readonly api?: string;
}

type Answer = Readonly<Record<string, unknown>>;

/** Slack by its Web API with a bot token: threads, updates, pictures, and a look whether a post stands. */
export function createWebApi({ token, fetch, api = SLACK_API }: WebApiOptions): Transport {
  const call = (method: string, body: Readonly<Record<string, unknown>>) =>
    callMethod({ fetch, token, body, url: `${api}/${method}` });

  /** Looking needs a channel's id where posting takes a name. */
  async function channelId(channel: string): Promise<CallResult<string | undefined>> {
    if (CHANNEL_ID.test(channel)) return { kind: 'done', value: channel };
    const name = channel.replace(/^#/, '');
    let cursor = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await call('conversations.list', {
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: 1000,
        ...(cursor !== '' && { cursor }),
      });
      if (answer.kind !== 'done') return answer;
      const found = records(answer.value.channels).find((each) => each.name === name)?.id;
      if (typeof found === 'string') return { kind: 'done', value: found };
      cursor = nextCursor(answer.value);
      if (cursor === '') break;
    }
    return { kind: 'done', value: undefined };
  }

  return {
    kind: 'bot',

    async post({ channel, id, text, blocks, thread, broadcast }) {
      const answer = await call('chat.postMessage', {
        channel,
        text,
        blocks,
        metadata: { event_type: METADATA_TYPE, event_payload: { id } },
        unfurl_links: false,
        ...(thread !== undefined && { thread_ts: thread, reply_broadcast: broadcast === true }),
      });
      return mapDone(
        answer,
        (value): PostedAt => ({ channel: textOf(value.channel) ?? channel, ts: textOf(value.ts) ?? '' }),
      );
    },

    async update({ channel, ts }, { text, blocks }) {
      if (ts === undefined) return { kind: 'refused', code: 'no_ts' };
      return mapDone(await call('chat.update', { channel, ts, text, blocks }), () => undefined);
    },

    async find({ post, sinceSeconds }) {
      const channel = await channelId(post.channel);
      if (channel.kind !== 'done') return channel;
      if (channel.value === undefined) return { kind: 'done', value: undefined };
      const method = post.thread === undefined ? 'conversations.history' : 'conversations.replies';
      let cursor = '';
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer = await call(method, {
          channel: channel.value,
          oldest: String(sinceSeconds),
          include_all_metadata: true,
          limit: PAGE,
          ...(post.thread !== undefined && { ts: post.thread }),
          ...(cursor !== '' && { cursor }),
        });
        if (answer.kind !== 'done') return answer;
        const found = records(answer.value.messages).find((each) => idOfMessage(each) === post.id);
        if (found !== undefined)
          return { kind: 'done', value: { channel: channel.value, ts: textOf(found.ts) ?? '' } };
        cursor = nextCursor(answer.value);
        if (cursor === '') break;
      }
      return { kind: 'done', value: undefined };
    },

    async upload({ png, name, alt }) {
      const asked = await call('files.getUploadURLExternal', {
        filename: name,
        length: png.length,
        alt_txt: alt,
      });
      if (asked.kind !== 'done') return asked;
      const { upload_url: url, file_id: id } = asked.value;
      if (typeof url !== 'string' || typeof id !== 'string')
        return { kind: 'refused', code: 'no_upload_url' };
      const put = await send(fetch, url, { method: 'POST', body: Buffer.from(png) });
      if (put.kind !== 'done') return put;
      if (!put.value.ok) return { kind: 'refused', code: `upload_${put.value.status}` };
      return mapDone(await call('files.completeUploadExternal', { files: [{ id, title: alt }] }), () => id);
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function records(value: unknown): readonly Answer[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}

function idOfMessage(message: Answer): unknown {
  const metadata = message.metadata as { event_type?: unknown; event_payload?: { id?: unknown } } | undefined;
  return metadata?.event_type === METADATA_TYPE ? metadata.event_payload?.id : undefined;
}

function nextCursor(answer: Answer): string {
  const metadata = answer.response_metadata as { next_cursor?: unknown } | undefined;
  return typeof metadata?.next_cursor === 'string' ? metadata.next_cursor : '';
}
