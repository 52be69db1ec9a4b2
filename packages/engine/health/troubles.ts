import type { HealthPart, Place } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import type { Document } from '../ports/index.ts';
import type { Pulse } from './pulse.ts';

/** A place as whoever sends out its ticks sees it. */
export interface WatchedPlace extends Place {
  /** Groups to be ticked; none: no tick is due there. */
  readonly groups: number;
  /** Why its groups could not be listed. */
  readonly problem?: string;
}

/** Something that is wrong now. */
export interface Trouble {
  readonly part: HealthPart;
  readonly since: Minute;
  readonly affected: number;
  readonly message: string;
}

/** A tick every five minutes: the last good one and three that did not come. */
const LATE_MINUTES = 20;
/** The place as one string. */
export function keyOf({ account, region }: Place): string {
  return `${account}/${region}`;
}

/** What is wrong at all, whether or not it has lasted. */
export function troublesOf(
  pulses: readonly Document<Pulse>[],
  places: readonly WatchedPlace[],
  { at, unlisted }: { readonly at: Minute; readonly unlisted: Readonly<Record<string, Minute>> },
): readonly Trouble[] {
  const known = new Map(pulses.map(({ key, value }) => [key, value]));
  return places.flatMap((place): readonly Trouble[] => {
    const key = keyOf(place);
    const pulse = known.get(key);
    const since = unlisted[key];
    if (place.problem !== undefined && since !== undefined) {
      const affected = pulse?.groups ?? place.groups;
      return [{ part: 'ticks', since, affected, message: `${key}: ${place.problem}` }];
    }
    if (pulse === undefined || place.groups === 0) return [];
    if (at - pulse.at >= LATE_MINUTES) {
      const message = `${key}: no tick has ended since then`;
      return [{ part: 'ticks', since: pulse.at, affected: pulse.groups, message }];
    }
    return Object.values(pulse.troubled).map(({ part, since }) => ({
      part,
      since,
      affected: 1,
      message: `${key}: ${pulse.said[part] ?? 'no reason given'}`,
    }));
  });
}
