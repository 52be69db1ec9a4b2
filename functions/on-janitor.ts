import { namedGroups, taggedGroups } from '@evenkeel/aws/discovery';
import { type Place, placeKey } from '@evenkeel/core/explain';
import { rosterOf, tidyMissing } from '@evenkeel/engine';
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
async function tidyPlace(place: Place, { now, count, log, remaining }: Invocation): Promise<number> {
  const client = clientIn(place);
  const tagged = rosterOf(await taggedGroups(client, place));
  const ports = {
    ...portsIn(place),
    documents,
    standing: (names: readonly string[]) => namedGroups(client, place, names),
  };
  const hasTime = () => remaining() >= RESERVE_MS;
  const { tidied, failures } = await tidyMissing(ports, { place, tagged, now, hasTime });
  for (const { ref, isWhole } of tidied) {
    count('GroupsTidied');
    if (!isWhole) log.warn(`${ref.name} could not be tidied up wholly; it is tried again`);
  }
  for (const { ref, error } of failures)
    log.error(`${ref.name} could not be tidied up; it is tried again`, error);
  return Object.keys(tagged).length;
}
