import { type FoundGroup, taggedGroups } from '@evenkeel/aws/discovery';
import type { Minute } from '@evenkeel/core/quantities';
import type { Place } from '@evenkeel/engine/events';
import type { GroupRef } from '@evenkeel/engine/ports';
import { CALL_SHARES } from './call-shares.ts';
import { createDocuments, createGroupFinder, createStart, senderTo } from './compose.ts';
import { frame, type Invocation } from './frame.ts';
import { placeKey } from './settings/index.ts';
import { reviewSlotAt, reviewSlotOf } from './shards/review-slot.ts';
import { shardsOf, Timer } from './shards/shard.ts';
import { keepDirectory } from './slack/directory-document.ts';

const start = createStart();
const send = { tick: senderTo(start, 'shardQueue'), review: senderTo(start, 'reviewQueue') };
const callsPerSecond = CALL_SHARES['on-tick'];
const clientIn = createGroupFinder(start, { role: 'capacity', callsPerSecond });
const documents = createDocuments(start);

/** The timer: finds the groups of every place and sends them out in shards. Twice is once, late is harmless (S28). */
export const handler = frame(start, 'on-tick', async (event: unknown, invocation) => {
  const { work, at: due } = Timer.parse(event);
  const at = Math.floor(Date.parse(due) / 60_000) as Minute;
  const slot = reviewSlotAt(at, start.settings.reviewHours);
  const sendPlace = async (place: Place): Promise<void> => {
    const found = await groupsOrNone(place, invocation);
    const groups = found.map(({ ref }) => ref);
    const chosen = work === 'tick' ? groups : groups.filter((ref) => isInSlot(ref, slot));
    const names = chosen.map(({ name }) => name);
    const shards = shardsOf(work, place, names, at);
    await send[work](shards);
    invocation.count('ShardsSent', shards.length);
    if (work === 'tick' && found.length > 0) await noteGroups(place, found, invocation);
  };
  await Promise.all(start.places.map(sendPlace));
});

function isInSlot(ref: GroupRef, slot: number | undefined): boolean {
  return slot !== undefined && reviewSlotOf(ref, start.settings.reviewHours) === slot;
}

/**
 * Slack answers by the tags as they are now, and the fleet's pace goes by its size (S24), without calls of their own; a tick never fails
 * for it.
 */
async function noteGroups(place: Place, found: readonly FoundGroup[], { log }: Invocation): Promise<void> {
  try {
    await keepDirectory(documents, place, found);
  } catch (error) {
    log.warn(`the directory of ${placeKey(place)} could not be kept`, error as Error);
  }
}

/** A place that cannot be read (its role is missing, its region is down) never keeps the others waiting for their tick. */
async function groupsOrNone(place: Place, { count, log }: Invocation): Promise<readonly FoundGroup[]> {
  try {
    return await taggedGroups(clientIn(place), place);
  } catch (error) {
    log.error(`the groups of ${placeKey(place)} could not be read`, error as Error);
    count('PlacesFailed');
    return [];
  }
}
