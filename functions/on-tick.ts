import { type FoundGroup, taggedGroups } from '@evenkeel/aws/discovery';
import { type Place, placeKey } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { type HealthMemory, type WatchedPlace, watchHealth } from '@evenkeel/engine/health';
import type { GroupRef } from '@evenkeel/engine/ports';
import { CALL_SHARES } from './call-shares.ts';
import { createDocuments, createGroupFinder, createStart, noticesOf, senderTo, storesOf } from './compose.ts';
import { frame, type Invocation } from './frame.ts';
import { reviewSlotAt, reviewSlotOf } from './shards/review-slot.ts';
import { shardsOf, Timer } from './shards/shard.ts';
import { keepDirectory } from './slack/directory-document.ts';

const start = createStart();
const send = { tick: senderTo(start, 'shardQueue'), review: senderTo(start, 'reviewQueue') };
const callsPerSecond = CALL_SHARES['on-tick'];
const clientIn = createGroupFinder(start, { role: 'capacity', callsPerSecond });
const documents = createDocuments(start);
const health = { documents, ledger: storesOf(start).ledger, notices: noticesOf(start) };
/** Kept between invocations where Lambda keeps the process: how long the table has been away stands nowhere else. */
const memory: HealthMemory = {};

/** The timer: finds the groups of every place and sends them out in shards. Twice is once, late is harmless (S28). */
export const handler = frame(start, 'on-tick', async (event: unknown, invocation) => {
  const { work, at: due } = Timer.parse(event);
  const at = Math.floor(Date.parse(due) / 60_000) as Minute;
  const slot = reviewSlotAt(at, start.settings.reviewHours);
  const sendPlace = async (place: Place): Promise<WatchedPlace> => {
    const { found, problem } = await groupsOrNone(place, invocation);
    const groups = found.map(({ ref }) => ref);
    const chosen = work === 'tick' ? groups : groups.filter((ref) => isInSlot(ref, slot));
    const names = chosen.map(({ name }) => name);
    const shards = shardsOf(work, place, names, at);
    await send[work](shards);
    invocation.count('ShardsSent', shards.length);
    if (work === 'tick' && found.length > 0) await noteGroups(place, found, invocation);
    return { ...place, groups: found.length, ...(problem !== undefined && { problem }) };
  };
  const places = await Promise.all(start.places.map(sendPlace));
  if (work === 'tick') await watch(places, invocation);
});

/** Looks whether the ticks of late did what they should; a tick never fails for it. */
async function watch(places: readonly WatchedPlace[], { now, log }: Invocation): Promise<void> {
  try {
    await watchHealth(health, places, now, memory);
  } catch (error) {
    log.warn('how Evenkeel itself is could not be looked at', error as Error);
  }
}

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
async function groupsOrNone(
  place: Place,
  { count, log }: Invocation,
): Promise<{ readonly found: readonly FoundGroup[]; readonly problem?: string }> {
  try {
    return { found: await taggedGroups(clientIn(place), place) };
  } catch (error) {
    log.error(`the groups of ${placeKey(place)} could not be read`, error as Error);
    count('PlacesFailed');
    return { found: [], problem: error instanceof Error ? error.message : String(error) };
  }
}
