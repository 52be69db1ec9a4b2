import type { Place } from '@evenkeel/core/explain';
import type { Instant, Minute } from '@evenkeel/core/quantities';
import { MINUTES_PER_HOUR, minuteOf, TICK_MINUTES } from '@evenkeel/core/quantities';
import type { FleetEvent } from '@evenkeel/engine/events';
import * as z from 'zod/mini';

/** What the timer asks for. */
export const Timer = z.object({
  work: z.enum(['tick', 'review']),
  /** When the schedule was due, ISO. */
  at: z.iso.datetime({ offset: true }),
});

/** A part of the groups of one place, to be worked on by one process. */
export interface Shard {
  readonly work: 'tick' | 'review';
  readonly place: Place;
  readonly groups: readonly string[];
  /** The minute the timer was due. */
  readonly at: Minute;
}

/** Something that happened in a place, to be reacted to by the process that works there. */
export interface Happening {
  readonly work: 'react';
  readonly place: Place;
  readonly event: FleetEvent;
}

const PlaceField = z.object({ account: z.string(), region: z.string() });

/** A happening as it comes out of the queue; its event was checked before it went in. */
export const HappeningMessage = z.object({
  work: z.literal('react'),
  place: PlaceField,
  event: z.custom<FleetEvent>((value) => typeof value === 'object' && value !== null && 'kind' in value),
});

/** A shard as it comes out of the queue. */
export const ShardMessage = z.object({
  work: z.enum(['tick', 'review']),
  place: PlaceField,
  groups: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  at: z.int(),
});

/** Groups of one shard: one DescribeAutoScalingGroups reads so many, and a worker is through them well before its time is up. */
const SHARD_SIZE: Readonly<Record<Shard['work'], number>> = { tick: 100, review: 10 };

/**
 * Splits the groups of a place; the same groups at the same time give the same shards. Each tick begins with another one: where a place has
 * more groups than its calls a second allow in five minutes, all of them wait their turn rather than the last ones for ever.
 */
export function shardsOf(
  work: Shard['work'],
  place: Place,
  groups: readonly string[],
  at: Minute,
): readonly Shard[] {
  const size = SHARD_SIZE[work];
  const number = Math.ceil(groups.length / size);
  return Array.from({ length: number }, (_, turn) => {
    const index = (Math.floor(at / TICK_MINUTES) + turn) % number;
    return { work, place, groups: groups.slice(index * size, (index + 1) * size), at };
  });
}

/** A tick that waited so long is done better by the next one; a review is good for the whole day. */
const STALE_AFTER: Readonly<Record<Shard['work'], number>> = { tick: 4, review: 18 * MINUTES_PER_HOUR };

export function isStale(shard: { readonly work: Shard['work']; readonly at: number }, now: Instant): boolean {
  return minuteOf(now) - shard.at > STALE_AFTER[shard.work];
}
