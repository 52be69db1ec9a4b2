import { callMethod, type Fetch, SLACK_API } from '../transports/call-slack.ts';
import { REASON_DIALOG } from './parse-request.ts';

/** What is left of Slack's three seconds for the acknowledgement after it. */
const PATIENCE_MS = 2_000;

/** Opens the dialog that asks why a proposal is rejected. The trigger is good for three seconds and once. */
export async function openReasonDialog(
  dialogs: { readonly token: string; readonly fetch: Fetch; readonly api?: string },
  { trigger, message }: { readonly trigger: string; readonly message: string },
): Promise<boolean> {
  const opened = await callMethod({
    fetch: dialogs.fetch,
    token: dialogs.token,
    url: `${dialogs.api ?? SLACK_API}/views.open`,
    patienceMs: PATIENCE_MS,
    body: {
      trigger_id: trigger,
      view: {
        type: 'modal',
        callback_id: REASON_DIALOG.callback,
        private_metadata: message,
        title: { type: 'plain_text', text: 'Reject' },
        submit: { type: 'plain_text', text: 'Reject' },
        close: { type: 'plain_text', text: 'Cancel' },
        blocks: [
          {
            type: 'input',
            block_id: REASON_DIALOG.block,
            optional: true,
            label: { type: 'plain_text', text: 'Why? It is kept with the decision and shown to everybody.' },
            element: {
              type: 'plain_text_input',
              action_id: REASON_DIALOG.action,
              max_length: 500,
              multiline: true,
            },
          },
        ],
      },
    },
  });
  return opened.kind === 'done';
}
