import type { LedgerEntry, SpotThrashingDecision } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { SpotNotice } from '../events/index.ts';
import { type GroupRef, type GroupSnapshot, groupKey } from '../ports/index.ts';
import type { FleetReport } from '../run/over-groups.ts';
import { aboutGroup, NOTHING, type Reaction, tellOnce } from './reaction.ts';

/** A Spot instance that was taken back, and the group it was of. */
interface Taken {
  readonly instance: string;
  readonly at: Minute;
  /** The group's key; absent where it was of none. */
  readonly group?: string;
}

const COLLECTION = 'spot';
/**
 * More than a fifth of a group's Spot instances within an hour is thrashing: so many a month is what AWS calls its most often interrupted
 * offerings (Spot Instance Advisor, "over 20 %"). Fewer than three are chance, however small the group.
 */
export const THRASHING_SHARE = 0.2;
const LEAST_TAKEN = 3;
const WINDOW_MINUTES = MINUTES_PER_HOUR;
/** A notice is acted on while its instance can still be asked about; two minutes after it the instance is gone. */
const STALE_MINUTES = 15;
const MOST_KEPT = 500;
const ATTEMPTS = 5;

/**
 * S29: counts the Spot instances that AWS takes back, by group, and tells when it is thrashing; the group replaces each by itself. Twice is
 * once: an instance is taken back once.
 */
export async function countSpot(event: SpotNotice, reaction: Reaction): Promise<FleetReport> {
  const { ports, now } = reaction;
  const at = minuteOf(now);
  if (event.kind !== 'spot-interruption' || at - event.at > STALE_MINUTES) return NOTHING;
  const place = `${event.place.account}/${event.place.region}`;
  const known = await ports.documents.read<readonly Taken[]>(COLLECTION, place);
  if (known?.value.some(({ instance }) => instance === event.instance)) return NOTHING;
  const ref = await ports.groupOfInstance?.(event.instance);
  const counted = await count(reaction, place, {
    instance: event.instance,
    at: event.at,
    ...(ref && { group: groupKey(ref) }),
  });
  return ref === undefined ? NOTHING : judge(reaction, ref, counted);
}

/** Writes the notice down beside those of the last hour, and gives them all. */
async function count({ ports, now }: Reaction, place: string, taken: Taken): Promise<readonly Taken[]> {
  const at = minuteOf(now);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const standing = await ports.documents.read<readonly Taken[]>(COLLECTION, place);
    const recent = (standing?.value ?? []).filter(
      (each) => each.instance !== taken.instance && at - each.at < WINDOW_MINUTES,
    );
    const all = [...recent, taken].slice(-MOST_KEPT);
    const how = { expected: standing?.version ?? 0, expires: (at + MINUTES_PER_DAY) as Minute };
    if (await ports.documents.write(COLLECTION, place, all, how)) return all;
  }
  throw new Error(`Spot notices of ${place} are counted by somebody else all the time; try again`);
}

async function judge(reaction: Reaction, ref: GroupRef, counted: readonly Taken[]): Promise<FleetReport> {
  const taken = counted.filter(({ group }) => group === groupKey(ref));
  if (taken.length < LEAST_TAKEN) return NOTHING;
  const group = await reaction.ports.groups.read(ref);
  if (group?.tags[WORKLOAD_TAG] === undefined) return NOTHING;
  const onSpot = Math.max(1, Math.round(group.desired * group.shape.spotShare));
  if (taken.length <= THRASHING_SHARE * onSpot) return NOTHING;
  return { ...NOTHING, entries: await tellOnce(reaction, [entryOf(group, taken, { onSpot, reaction })]) };
}

function entryOf(
  group: GroupSnapshot,
  taken: readonly Taken[],
  { onSpot, reaction }: { readonly onSpot: number; readonly reaction: Reaction },
): LedgerEntry {
  const about = aboutGroup(group, reaction.now);
  const decision: SpotThrashingDecision = {
    kind: 'spot-thrashing',
    taken: taken.length,
    of: Math.max(onSpot, taken.length),
    withinMinutes: WINDOW_MINUTES,
    limit: THRASHING_SHARE,
    types: group.shape.instanceTypes,
    zones: group.zones,
    spotShare: group.shape.spotShare,
  };
  return {
    // Once a day: who has read it knows.
    id: `spot-thrashing/${groupKey(group.ref)}/${Math.floor(about.at / MINUTES_PER_DAY)}`,
    ...about,
    decision,
    outcome: { kind: 'told', because: 'the group replaces the instances by itself' },
  };
}
