import type { LaunchShortageDecision, LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, MINUTES_PER_HOUR, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { LaunchFailed } from '../events/index.ts';
import { type GroupSnapshot, groupKey } from '../ports/index.ts';
import type { FleetReport } from '../run/over-groups.ts';
import { aboutGroup, NOTHING, type Reaction, tellOnce } from './reaction.ts';

/** How long an offering that EC2 had none of is left out of proposals. */
const AVOIDED_MINUTES = 6 * MINUTES_PER_HOUR;

/**
 * S29: a launch that failed for capacity is remembered per offering and told, once an hour; the group goes on trying by itself. A launch
 * that failed for another reason, or of a group that is not Evenkeel's business, is left to its owner's own alarms.
 */
export async function noteShortage(event: LaunchFailed, reaction: Reaction): Promise<FleetReport> {
  const { ports, now } = reaction;
  if (event.because !== 'capacity' || minuteOf(now) - event.at > AVOIDED_MINUTES) return NOTHING;
  const group = await ports.groups.read(event.group);
  if (group?.tags[WORKLOAD_TAG] === undefined) return NOTHING;
  return { ...NOTHING, entries: await tellOnce(reaction, [entryOf(event, group, now)]) };
}

function entryOf(event: LaunchFailed, group: GroupSnapshot, now: Instant): LedgerEntry {
  const type = event.type ?? group.shape.instanceTypes[0] ?? 'unknown';
  const zone = event.zone ?? group.zones.join(', ');
  const decision: LaunchShortageDecision = {
    kind: 'launch-shortage',
    type,
    zone,
    purchase: event.purchase,
    wanted: group.desired,
    missing: Math.max(0, group.desired - group.inService),
    avoidedUntil: (event.at + AVOIDED_MINUTES) as Minute,
    alternatives: group.shape.instanceTypes.filter((each) => each !== type),
  };
  const hour = Math.floor(event.at / MINUTES_PER_HOUR);
  return {
    id: `launch-shortage/${groupKey(group.ref)}/${type}/${zone}/${event.purchase}/${hour}`,
    ...aboutGroup(group, now),
    decision,
    outcome: { kind: 'told', because: 'the group goes on trying by itself' },
  };
}
