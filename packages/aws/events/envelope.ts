import type { Place } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import * as z from 'zod/mini';

/** What EventBridge puts around every event. */
export const Envelope = z.object({
  id: z.string().check(z.minLength(1)),
  'detail-type': z.string(),
  source: z.string(),
  account: z.string(),
  region: z.string(),
  time: z.iso.datetime({ offset: true }),
  resources: z._default(z.array(z.string()), []),
  detail: z.unknown(),
});

export type Envelope = z.infer<typeof Envelope>;

/** The facts every translated event carries. */
export function factsOf(envelope: Envelope): {
  readonly id: string;
  readonly at: Minute;
  readonly place: Place;
} {
  return {
    id: envelope.id,
    at: minuteOfTime(envelope.time),
    place: { account: envelope.account, region: envelope.region },
  };
}

/** The minute an ISO time falls into. */
export function minuteOfTime(iso: string): Minute {
  return Math.floor(Date.parse(iso) / 60_000) as Minute;
}
