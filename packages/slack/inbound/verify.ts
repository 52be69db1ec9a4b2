import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@evenkeel/core/quantities';

/** A request as it came in, its body byte for byte: the signature is over what was sent, not over what it means. */
export interface RawRequest {
  readonly body: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export type Verified =
  /** `nonce` is the same for a request sent again and for no other. */
  | { readonly kind: 'genuine'; readonly nonce: string; readonly sentAt: Instant }
  | { readonly kind: 'refused'; readonly because: 'unsigned' | 'stale' | 'forged' };

/** Slack's own window against replays. */
export const WINDOW_MS = 5 * 60_000;

/**
 * Checks that Slack sent the request: `v0=` + HMAC-SHA256 of `v0:<timestamp>:<body>` under the signing secret, compared in
 * constant time, no older or newer than five minutes (https://docs.slack.dev/authentication/verifying-requests-from-slack).
 */
export function verify(
  request: RawRequest,
  options: { readonly secret: string; readonly now: Instant },
): Verified {
  const timestamp = request.headers['x-slack-request-timestamp'] ?? '';
  const signature = request.headers['x-slack-signature'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || signature === '') return { kind: 'refused', because: 'unsigned' };
  const sentAt = (Number(timestamp) * 1000) as Instant;
  const expected = `v0=${createHmac('sha256', options.secret).update(`v0:${timestamp}:${request.body}`).digest('hex')}`;
  // The signature is looked at before the time: who cannot sign learns nothing of our clock.
  if (!equal(expected, signature)) return { kind: 'refused', because: 'forged' };
  if (Math.abs(options.now - sentAt) > WINDOW_MS) return { kind: 'refused', because: 'stale' };
  return { kind: 'genuine', nonce: signature.slice('v0='.length), sentAt };
}

function equal(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
