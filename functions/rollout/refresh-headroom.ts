import { createHeadroomsIn, type Headrooms } from '@evenkeel/aws/headroom';
import { type Place, placeKey } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Catalogue, Documents } from '@evenkeel/engine/ports';
import { CALL_SHARES } from '../call-shares.ts';
import { clientSettingsIn, type Start } from '../compose.ts';
import type { Invocation } from '../frame.ts';
import { keepHeadroom } from '../kept-headroom.ts';

export type ReadHeadrooms = (place: Place) => Promise<Headrooms>;

const COLLECTION = 'headroom-read';

/** Reads quotas and subnets by the role that may change shapes: no other one may ask EC2 (S25). */
export function createReadHeadrooms(start: Start, catalogue: Catalogue): ReadHeadrooms {
  return async ({ account, region }) => {
    const types = new Map((await catalogue.inRegion(region)).map(({ type }) => [type.name, type.vcpus]));
    const settings = {
      ...clientSettingsIn(start, { account, region }, 'shape'),
      account,
      autoScalingCallsPerSecond: CALL_SHARES['on-settle'],
      timing: start.timing,
      vcpusOf: (type: string) => types.get(type),
    };
    return createHeadroomsIn(settings)();
  };
}

/** Keeps, once a day and place, what there is room for, for the reviews of the night; a place an invocation. */
export async function refreshHeadroom(
  places: readonly Place[],
  { read, documents }: { readonly read: ReadHeadrooms; readonly documents: Documents },
  { now, log }: Pick<Invocation, 'now' | 'log'>,
): Promise<void> {
  const at = minuteOf(now);
  for (const { account, region } of places) {
    const place = { account, region };
    const last = await documents.read<{ readonly at: Minute }>(COLLECTION, placeKey(place));
    if (last !== undefined && at - last.value.at < MINUTES_PER_DAY) continue;
    // Noted first: where it cannot be read, it is asked for again tomorrow and not every five minutes.
    if (!(await documents.write(COLLECTION, placeKey(place), { at }, { expected: last?.version ?? 0 })))
      continue;
    try {
      await keepHeadroom(documents, place, { at, headrooms: await read(place) });
    } catch (error) {
      log.warn(`quotas and subnets of ${placeKey(place)} could not be read`, error as Error);
    }
    return;
  }
}
