import { SLACK_LIMITS } from '../messages/block.ts';
import { clip } from '../messages/mrkdwn.ts';
import { type Fetch, send } from '../transports/call-slack.ts';

/**
 * Private replies, seen only by who asked. A reply that Slack does not take is let go: the answer itself stands in the ledger
 * and in the message.
 */
export function createReply(fetch: Fetch): (responseUrl: string | undefined, text: string) => Promise<void> {
  return async (responseUrl, text) => {
    if (responseUrl === undefined || text === '') return;
    await send(fetch, responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        response_type: 'ephemeral',
        replace_original: false,
        text: clip(text, SLACK_LIMITS.text),
      }),
    });
  };
}
