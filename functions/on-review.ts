import { createKeptCatalogue } from '@evenkeel/catalog';
import { DEFAULT_SETTINGS, reviewAll } from '@evenkeel/engine';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CALL_SHARES } from './call-shares.ts';
import { createDocuments, createPortsIn, createStart, hurryOn, starterOf } from './compose.ts';
import { frame } from './frame.ts';
import { createKeptHeadroom } from './kept-headroom.ts';
import { eachInOrder } from './records.ts';
import { reviewAndStart } from './rollout/start-rollouts.ts';
import { isStale, ShardMessage } from './shards/shard.ts';
import { workOnShard } from './shards/work-on-shard.ts';
import { readDirectory } from './slack/directory-document.ts';

const RESERVE_MS = 60_000;

const start = createStart();
const callsPerSecond = CALL_SHARES['on-review'];
const portsIn = createPortsIn(start, { role: 'capacity', callsPerSecond });
const starter = starterOf(start);
// Where nothing carries a change of shape out, proposals are told, and nobody is asked.
const settings = {
  ...DEFAULT_SETTINGS,
  rollouts: starter !== undefined,
  ...(start.settings.prices && { prices: start.settings.prices }),
};
const hurry = hurryOn(start, 'reviewQueue');
const documents = createDocuments(start);
const catalogue = createKeptCatalogue(documents);
const headroom = createKeptHeadroom(documents, start.timing.now);

/** The nightly review: history, tournament, profile, target, and once a week the shape, for the groups of each shard. */
export const handler = frame(
  start,
  'on-review',
  (event: SQSEvent, invocation): Promise<SQSBatchResponse> =>
    eachInOrder(event, hurry, async (body) => {
      const shard = ShardMessage.parse(body);
      if (isStale(shard, invocation.now)) {
        invocation.count('ShardsStale');
        return;
      }
      const fleetGroups = Math.max(1, await fleetSize());
      const { done, postponed } = await workOnShard({
        ports: { ...portsIn(shard.place), catalogue, headroom },
        shard,
        invocation,
        reserve: RESERVE_MS,
        useCase: (ports) =>
          reviewAndStart({
            ports,
            starter,
            invocation,
            review: () => reviewAll(ports, invocation.now, { ...settings, fleetGroups }),
          }),
      });
      invocation.count('GroupsReviewed', done);
      // A night's review is not to be lost: the shard comes again, and what was reviewed is reviewed once more, with the same result.
      if (postponed > 0) throw new Error(`no time left for ${postponed} reviews`);
    }),
);

/** How many groups all places have, as their last ticks saw them: the fleet of which a tenth may change a day (S24). */
async function fleetSize(): Promise<number> {
  const places = await Promise.all(start.places.map((place) => readDirectory(documents, place)));
  return places.flat().length;
}
