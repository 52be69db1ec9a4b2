import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { GroupSnapshot, Ports } from '../ports/index.ts';
import { type FleetReport, overGroups } from '../run/over-groups.ts';
import type { RunReport } from '../run/run.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../run/settings.ts';
import { tickGroup } from '../tick/tick.ts';

/** What a reaction works with: the ports of the event's place, and one `now`. */
export interface Reaction {
  readonly ports: Ports;
  readonly now: Instant;
  readonly settings?: EngineSettings;
}

export const NOTHING: FleetReport = { entries: [], failures: [] };

/** A tick of every group that fits; one group's failure never touches another. */
export async function tickThose(
  { ports, now, settings = DEFAULT_SETTINGS }: Reaction,
  fits: (group: GroupSnapshot) => boolean,
): Promise<FleetReport> {
  const groups = (await ports.groups.list()).filter(fits);
  const work = (group: GroupSnapshot): Promise<RunReport> => tickGroup(ports, group, now, settings);
  return overGroups(ports, groups, 'react', now, work);
}

/** Records and tells, each entry once however often its event comes: an entry whose id is in the ledger was told. */
export async function tellOnce(
  { ports }: Reaction,
  entries: readonly LedgerEntry[],
): Promise<readonly LedgerEntry[]> {
  const news: LedgerEntry[] = [];
  for (const entry of entries) {
    const recent = await ports.ledger.recent({ workload: entry.workload, limit: LOOKED_BACK });
    if (!recent.some(({ id }) => id === entry.id)) news.push(entry);
  }
  if (news.length === 0) return [];
  await ports.ledger.append(news);
  await ports.notices.publish(news);
  return news;
}

/** Entries of a workload that are looked through for one that was told before. */
const LOOKED_BACK = 100;

/** The fields of an entry about a group that a reaction makes. */
export function aboutGroup(
  group: GroupSnapshot,
  now: Instant,
): Pick<LedgerEntry, 'at' | 'workload' | 'group' | 'place' | 'excuses'> {
  const { account, region, name } = group.ref;
  return {
    at: minuteOf(now) satisfies Minute,
    workload: group.tags[WORKLOAD_TAG] ?? '',
    group: name,
    place: { account, region },
    excuses: [],
  };
}
