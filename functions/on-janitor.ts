import { namedGroups, taggedGroups } from '@evenkeel/aws/discovery';
import type { Place } from '@evenkeel/core/explain';
import { forget, tidy } from '@evenkeel/engine';
import { type WatchedPlace, watchHealth } from '@evenkeel/engine/health';
import { CALL_SHARES } from './call-shares.ts';
import {
  createDocuments,
  createGroupFinder,
  createStart,
  createTidyPortsIn,
  noticesOf,
  storesOf,
} from './compose.ts';
import { frame, type Invocation } from './frame.ts';
import { goneFrom, keepRoster, readRoster, rosterOf } from './roster.ts';
import { placeKey } from './settings/index.ts';

const start = createStart();
const options = { role: 'janitor', callsPerSecond: CALL_SHARES['on-janitor'] } as const;
const clientIn = createGroupFinder(start, options);
const portsIn = createTidyPortsIn(start, options);
const documents = createDocuments(start);
const health = { documents, ledger: storesOf(start).ledger, notices: noticesOf(start) };

/**
 * S16: takes Evenkeel's things off groups that lost the tag since it looked last. It also looks whether ticks come at all, for the case that
 * the timer itself does not (S28).
 */
export const handler = frame(start, 'on-janitor', async (_: unknown, invocation) => {
  invocation.count('GroupsTidied', 0);
  const places: WatchedPlace[] = [];
  for (const place of start.places) {
    try {
      places.push({ ...place, groups: await tidyPlace(place, invocation) });
    } catch (error) {
      invocation.log.error(`${placeKey(place)} could not be tidied`, error as Error);
      invocation.count('PlacesFailed');
    }
  }
  await watchHealth(health, places, invocation.now);
});

/** @returns how many groups the place has that carry the tag */
async function tidyPlace(place: Place, { now, count, log }: Invocation): Promise<number> {
  const client = clientIn(place);
  const { roster, version } = await readRoster(documents, place);
  const tagged = rosterOf(await taggedGroups(client, place));
  const stillToDo: Record<string, string> = {};
  const gone = goneFrom(roster, tagged);
  const ports = portsIn(place);
  const standing = await namedGroups(client, place, gone);
  const names = new Set(standing.map(({ ref }) => ref.name));
  for (const name of gone) if (!names.has(name)) await forget(ports, { ...place, name }, now);
  for (const { ref, minSize, workload } of standing) {
    if (workload !== undefined) continue;
    const entry = await tidy(ports, { ref, minSize, workload: roster[ref.name] ?? '' }, now);
    count('GroupsTidied');
    if (entry?.outcome?.kind === 'applied' || entry === undefined) continue;
    log.warn(`${ref.name} could not be tidied up wholly; it is tried again`);
    stillToDo[ref.name] = roster[ref.name] ?? '';
  }
  await keepRoster(documents, place, { ...tagged, ...stillToDo }, version);
  return Object.keys(tagged).length;
}
