import { type FoundGroup, namedGroups, taggedGroups } from '@evenkeel/aws/discovery';
import { type Place, placeKey } from '@evenkeel/core/explain';
import { forget, goneFrom, keepRoster, readRoster, rosterOf, type TidyPorts, tidy } from '@evenkeel/engine';
import { type WatchedPlace, watchHealth } from '@evenkeel/engine/health';
import type { GroupRef } from '@evenkeel/engine/ports';
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

/**
 * A group takes three calls of EC2 Auto Scaling at most, ten seconds apart (CALL_SHARES): who comes when there is less time left stays on the
 * roster for the next look.
 */
const RESERVE_MS = 40_000;

/** @returns how many groups the place has that carry the tag */
async function tidyPlace(place: Place, invocation: Invocation): Promise<number> {
  const client = clientIn(place);
  const { roster, version } = await readRoster(documents, place);
  const tagged = rosterOf(await taggedGroups(client, place));
  const gone = goneFrom(roster, tagged);
  const standing = new Map((await namedGroups(client, place, gone)).map((group) => [group.ref.name, group]));
  const ports = portsIn(place);
  const stillToDo: Record<string, string> = {};
  for (const name of gone) {
    const group = standing.get(name);
    const workload = roster[name] ?? '';
    const one = { ref: { ...place, name }, group, workload };
    // Tagged after all: it was only not listed this time.
    const isTagged = group?.workload !== undefined;
    const hasTime = invocation.remaining() >= RESERVE_MS;
    const isDone = !isTagged && hasTime && (await tidied(ports, one, invocation));
    if (!isDone) stillToDo[name] = workload;
  }
  await keepRoster(documents, place, { ...tagged, ...stillToDo }, version);
  return Object.keys(tagged).length;
}

/** Whether nothing of Evenkeel's is left to a group without the tag, or one that does not exist any more; one failure never touches another. */
async function tidied(
  ports: TidyPorts,
  one: { readonly ref: GroupRef; readonly group: FoundGroup | undefined; readonly workload: string },
  { now, count, log }: Invocation,
): Promise<boolean> {
  const { ref, group, workload } = one;
  try {
    if (group === undefined) {
      await forget(ports, ref, now);
      return true;
    }
    const entry = await tidy(ports, { ref, minSize: group.minSize, workload }, now);
    count('GroupsTidied');
    if (entry === undefined || entry.outcome?.kind === 'applied') return true;
    log.warn(`${ref.name} could not be tidied up wholly; it is tried again`);
  } catch (error) {
    log.error(`${ref.name} could not be tidied up; it is tried again`, error as Error);
  }
  return false;
}
