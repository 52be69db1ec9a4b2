import { createKeptCatalogue } from '@evenkeel/catalog';
import { type Place, placeKey } from '@evenkeel/core/explain';
import { settleRollouts } from '@evenkeel/engine/rollout';
import { CALL_SHARES } from './call-shares.ts';
import { createDocuments, createStart } from './compose.ts';
import { frame, type Invocation } from './frame.ts';
import { createRolloutPortsIn, rolloutSettingsOf } from './rollout/compose-rollout.ts';
import { createReadHeadrooms, refreshHeadroom } from './rollout/refresh-headroom.ts';
import { createRefreshRegion, refreshMarkets } from './rollout/refresh-markets.ts';

const start = createStart();
const portsIn = createRolloutPortsIn(start, CALL_SHARES['on-settle']);
const settings = rolloutSettingsOf(start);
const documents = createDocuments(start);
const refreshRegion = createRefreshRegion(start, documents);
const read = createReadHeadrooms(start, createKeptCatalogue(documents));
/** So many are done within its time and its calls; the others are done five minutes later. */
const AT_A_TIME = 2;

/**
 * The backstop of rollouts (S19): brings those to their end whose own execution died. Beside it, once a day, the catalogue's figures, and what
 * quotas and subnets have room for: this is the one function that is awake now and then and has EC2's client. Twice is once.
 */
export const handler = frame(start, 'on-settle', async (_: unknown, invocation) => {
  invocation.count('RolloutsSettled', 0);
  for (const place of start.places) {
    try {
      await settlePlace(place, invocation);
    } catch (error) {
      invocation.log.error(`the rollouts of ${placeKey(place)} could not be looked at`, error as Error);
      invocation.count('PlacesFailed');
    }
  }
  await refreshMarkets(start.places, refreshRegion, invocation);
  await refreshHeadroom(start.places, { read, documents }, invocation);
});

async function settlePlace(place: Place, { now, count, log }: Invocation): Promise<void> {
  const { settled, failures } = await settleRollouts(portsIn(place), now, {
    settings,
    place,
    most: AT_A_TIME,
  });
  count('RolloutsSettled', settled.length);
  for (const id of settled) log.warn(`the rollout ${id} had lost its execution`);
  for (const { id, message } of failures) log.error(`the rollout ${id} could not be settled: ${message}`);
}
