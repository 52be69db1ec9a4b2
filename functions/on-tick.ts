import { taggedGroups } from '@evenkeel/aws/discovery';
import type { Minute } from '@evenkeel/core/quantities';
import type { Place } from '@evenkeel/engine/events';
import type { GroupRef } from '@evenkeel/engine/ports';
import { CALL_SHARES } from './call-shares.ts';
import { createGroupFinder, createStart, senderTo } from './compose.ts';
import { frame, type Invocation } from './frame.ts';
import { placeKey } from './settings/index.ts';
import { reviewSlotAt, reviewSlotOf } from './shards/review-slot.ts';
import { shardsOf, Timer } from './shards/shard.ts';

const start = createStart();
const send = { tick: senderTo(start, 'shardQueue'), review: senderTo(start, 'reviewQueue') };
const callsPerSecond = CALL_SHARES['on-tick'];
const clientIn = createGroupFinder(start, { role: 'capacity', callsPerSecond });

/** The timer: finds the groups of every place and sends them out in shards. Twice is once, late is harmless (S28). */
export const handler = frame(start, 'on-tick', async (event: unknown, invocation) => {
  const { work, at: due } = Timer.parse(event);
  const at = Math.floor(Date.parse(due) / 60_000) as Minute;
  const slot = reviewSlotAt(at, start.settings.reviewHours);
  const sendPlace = async (place: Place): Promise<void> => {
    const groups = await groupsOrNone(place, invocation);
    const chosen = work === 'tick' ? groups : groups.filter((ref) => isInSlot(ref, slot));
    const names = chosen.map(({ name }) => name);
    const shards = shardsOf(work, place, names, at);
    await send[work](shards);
    invocation.count('ShardsSent', shards.length);
  };
  await Promise.all(start.places.map(sendPlace));
});

function isInSlot(ref: GroupRef, slot: number | undefined): boolean {
  return slot !== undefined && reviewSlotOf(ref, start.settings.reviewHours) === slot;
}

/** A place that cannot be read (its role is missing, its region is down) never keeps the others waiting for their tick. */
async function groupsOrNone(place: Place, { count, log }: Invocation): Promise<readonly GroupRef[]> {
  try {
    return (await taggedGroups(clientIn(place), place)).map(({ ref }) => ref);
  } catch (error) {
    log.error(`the groups of ${placeKey(place)} could not be read`, error as Error);
    count('PlacesFailed');
    return [];
  }
}
