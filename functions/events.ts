import { type EventKind, translate } from '@evenkeel/aws/events';
import { placeKey } from '@evenkeel/core/explain';
import type { FleetEvent } from '@evenkeel/engine/events';
import type { Start } from './compose.ts';
import type { Invocation } from './frame.ts';

/**
 * What an event from outside means to Evenkeel; nothing where it is unknown, malformed, of no interest, or of a place that the settings do
 * not name. Each of these is counted, and said in the log where somebody may want to mend it.
 */
export function understood(
  start: Start,
  kinds: readonly EventKind[],
  raw: unknown,
  { count, log }: Invocation,
): readonly FleetEvent[] {
  const translation = translate(raw, kinds);
  switch (translation.kind) {
    case 'unknown':
      count('EventsUnknown');
      log.warn(`unknown event ${translation.event}`);
      return [];
    case 'malformed':
      count('EventsMalformed');
      log.warn(`malformed event ${translation.event}: ${translation.problem}`);
      return [];
    case 'ignored':
      count('EventsIgnored');
      return [];
    case 'events':
      break;
  }
  const places = new Set(start.places.map(placeKey));
  const ours = translation.events.filter(({ place }) => places.has(placeKey(place)));
  count('EventsTaken', ours.length);
  count('EventsIgnored', translation.events.length - ours.length);
  return ours;
}
