import type { FleetEvent } from '@evenkeel/engine/events';
import type { Envelope } from './envelope.ts';

/** What became of an event from outside. */
export type Translation =
  | { readonly kind: 'events'; readonly events: readonly FleetEvent[] }
  /** Known, and of no interest: `because` is a short code for the count. */
  | { readonly kind: 'ignored'; readonly because: string }
  /** Known by name, but not of the form that is documented; counted, never guessed at. */
  | { readonly kind: 'malformed'; readonly event: string; readonly problem: string }
  /** Never heard of. */
  | { readonly kind: 'unknown'; readonly event: string };

/** One kind of event from outside: a folder each, registered in `translate.ts`. */
export interface EventKind {
  /** EventBridge's `source`; absent where anyone may send it. */
  readonly source?: string;
  readonly detailTypes: readonly string[];
  /** Throws a ZodError where the detail is not of the documented form. */
  readonly translate: (envelope: Envelope) => Translation;
}

export function events(...all: readonly FleetEvent[]): Translation {
  return { kind: 'events', events: all };
}

export function ignored(because: string): Translation {
  return { kind: 'ignored', because };
}
