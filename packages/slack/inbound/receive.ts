import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Documents } from '@evenkeel/engine/ports';
import type { Fetch } from '../transports/call-slack.ts';
import { parseRequest } from './parse-request.ts';
import { openReasonDialog } from './reason-dialog.ts';
import type { Work } from './request.ts';
import { type RawRequest, verify, WINDOW_MS } from './verify.ts';

/** What Slack gets back, within its three seconds. */
export interface Acknowledgement {
  readonly status: number;
  readonly body: string;
  readonly contentType?: 'application/json';
  /** Why a request was turned away, for counting; never shown. */
  readonly refused?: string;
}

export interface Receiver {
  readonly signingSecret: string;
  readonly documents: Documents;
  readonly now: () => Instant;
  /** Hands the work over to be done behind the answer; once it resolves, it will be done. */
  readonly later: (work: Work) => Promise<void>;
  /** Opens dialogs; absent with a plain webhook, where rejections have no reason. */
  readonly dialogs?: { readonly token: string; readonly fetch: Fetch; readonly api?: string };
}

const SEEN = 'slack-seen';
const OK: Acknowledgement = { status: 200, body: '' };

/**
 * Answers a request of Slack's: checked, seen only once, handed over, acknowledged. Nothing of the work itself is done here, so
 * that the three seconds are kept on a cold start too; only the dialog for a reason must be opened within them.
 */
export async function receive(receiver: Receiver, request: RawRequest): Promise<Acknowledgement> {
  const now = receiver.now();
  const verified = verify(request, { secret: receiver.signingSecret, now });
  if (verified.kind === 'refused') return refusal(verified.because);
  // Kept as long as the window lets the same bytes in, counted from when they were sent.
  const expires = (minuteOf((verified.sentAt + WINDOW_MS) as Instant) + 2) as Minute;
  const isFirst = await receiver.documents.write(SEEN, verified.nonce, { at: now }, { expected: 0, expires });
  if (!isFirst) return refusal('replayed');
  const parsed = parseRequest(request.body);
  if (parsed.kind === 'probe') return OK;
  if (parsed.kind === 'unknown') return { ...OK, refused: parsed.what };
  if (
    parsed.kind === 'press' &&
    parsed.button === 'reject' &&
    parsed.trigger !== undefined &&
    receiver.dialogs
  ) {
    const opened = await openReasonDialog(receiver.dialogs, {
      trigger: parsed.trigger,
      message: parsed.message,
    });
    // A dialog that does not open must not swallow the answer: it counts as a rejection without a reason.
    if (opened) return OK;
  }
  await receiver.later({ id: verified.nonce, request: parsed });
  return parsed.kind === 'command' ? working(parsed.words) : OK;
}

function refusal(because: string): Acknowledgement {
  return { status: 401, body: '', refused: because };
}

/** The private first reply to a command: what it says stands until the real one comes. */
function working(words: string): Acknowledgement {
  const text =
    words.trim() === ''
      ? 'One moment…'
      : `One moment: \`/evenkeel ${words.replaceAll('`', "'").slice(0, 200)}\``;
  return {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({
      response_type: 'ephemeral',
      text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    }),
  };
}
