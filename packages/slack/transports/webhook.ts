import { type Fetch, send } from './call-slack.ts';
import type { Transport } from './transport.ts';

export interface WebhookOptions {
  /** The webhook's address is a secret of its own; never logged, never in an error. */
  readonly url: string;
  readonly fetch: Fetch;
}

const REFUSED = { kind: 'refused', code: 'webhook' } as const;

/**
 * Slack by a plain incoming webhook: text only, into the one channel the webhook belongs to. It neither says where a message
 * stands nor finds one again, so a post whose fate is unknown is posted once more.
 */
export function createWebhook({ url, fetch }: WebhookOptions): Transport {
  return {
    kind: 'webhook',

    async post({ channel, text }) {
      const sent = await send(fetch, url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ text }),
      });
      if (sent.kind !== 'done') return sent;
      if (sent.value.ok) return { kind: 'done', value: { channel } };
      // `no_service`, `channel_is_archived`, … stand in the body as text.
      return {
        kind: 'refused',
        code: (await sent.value.text()).slice(0, 100) || `http_${sent.value.status}`,
      };
    },

    update: async () => REFUSED,
    find: async () => ({ kind: 'done', value: undefined }),
    upload: async () => REFUSED,
  };
}
