import type { BoostDecision, LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { parsePolicy, WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { AlarmChanged } from '../events/index.ts';
import type { ExpectedEvent, GroupSnapshot } from '../ports/index.ts';
import { groupKey } from '../ports/index.ts';
import { BOOST_BY_ALARM, withExpected } from '../run/expected.ts';
import type { FleetReport } from '../run/over-groups.ts';
import { aboutGroup, NOTHING, type Reaction, tellOnce, tickThose } from './reaction.ts';

/** How long a boost stands after its alarm; the alarm going off again begins it anew. */
const BOOST_MINUTES = 60;
/** An alarm that is acted on so late says nothing about the load of now. */
const STALE_MINUTES = 15;
/** More floor than the plan's, where the alarm does not say how far over its threshold it is; and the most it is believed. */
const DEFAULT_FACTOR = 1.25;
const MOST_FACTOR = 2;

/**
 * S29: extra floors for an hour when the alarm of load that a group's tag names goes off. The boost is an expected event, so it ends by
 * itself, and stays within `bounds` and MaxSize like every floor. Other alarms, and this one going back to OK, change nothing.
 */
export async function boostFor(event: AlarmChanged, reaction: Reaction): Promise<FleetReport> {
  const at = minuteOf(reaction.now);
  if (event.state !== 'alarm' || at - event.at > STALE_MINUTES) return NOTHING;
  const named = (await reaction.ports.groups.list()).filter((group) => namesAlarm(group, event.alarm));
  const fresh = new Set<string>();
  for (const workload of new Set(named.map(workloadOf))) {
    if (await expect(workload, event, at, reaction)) fresh.add(workload);
  }
  if (fresh.size === 0) return NOTHING;
  const report = await tickThose(reaction, (group) => fresh.has(workloadOf(group)));
  const boosts = named
    .filter((group) => fresh.has(workloadOf(group)))
    .map((group) => entryOf(group, event, reaction, report.entries));
  return { ...report, entries: [...(await tellOnce(reaction, boosts)), ...report.entries] };
}

function workloadOf({ tags }: GroupSnapshot): string {
  return tags[WORKLOAD_TAG] ?? '';
}

function namesAlarm(group: GroupSnapshot, alarm: string): boolean {
  const parsed = parsePolicy(group.tags);
  return parsed.ok && parsed.policy.boostAlarm === alarm;
}

/** Expects the extra load; false where this very alarm, or a later one, is expected already. */
async function expect(
  workload: string,
  event: AlarmChanged,
  at: Minute,
  { ports }: Reaction,
): Promise<boolean> {
  const name = `${BOOST_BY_ALARM}${event.alarm}`;
  const settings = await ports.settings.load(workload);
  const before = settings.expected.find((each) => each.name === name);
  if (before && (before.askedAt ?? 0) >= event.at) return false;
  const boost: ExpectedEvent = {
    name,
    from: at,
    until: (at + BOOST_MINUTES) as Minute,
    factor: factorOf(event),
    askedAt: event.at,
    by: event.alarm,
  };
  await ports.settings.save(workload, { ...settings, expected: withExpected(settings.expected, boost, at) });
  return true;
}

function factorOf({ reading }: AlarmChanged): number {
  if (!reading || !(reading.threshold > 0)) return DEFAULT_FACTOR;
  return Math.min(MOST_FACTOR, Math.max(DEFAULT_FACTOR, reading.value / reading.threshold));
}

function entryOf(
  group: GroupSnapshot,
  event: AlarmChanged,
  { now }: Reaction,
  entries: readonly LedgerEntry[],
): LedgerEntry {
  const at = minuteOf(now);
  const floors = entries.find(
    ({ group: name, decision }) => name === group.ref.name && decision?.kind === 'floors',
  );
  const before = group.size.min;
  const decision: BoostDecision = {
    kind: 'boost',
    floorBefore: before,
    floorNow: floors?.decision?.kind === 'floors' ? floors.decision.floorNow : before,
    until: (at + BOOST_MINUTES) as Minute,
    source: 'alarm',
    by: event.alarm,
    ...(event.reading && { reading: event.reading }),
  };
  return {
    id: `boost/${groupKey(group.ref)}/${event.alarm}/${event.at}`,
    ...aboutGroup(group, now),
    decision,
    outcome: { kind: 'applied' },
  };
}
