import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import {
  createWorld,
  oracleBill,
  type Policy,
  replay,
  score,
  type Trace,
  tally,
} from '@evenkeel/core/replay';
import { PEER_LOSS_FACTORS, TARGETS } from './peer.ts';
import type { PeerRow } from './play-peer.ts';

/** Plays a policy that forecasts nothing, at each target and start-up time. */
export function playReflex(options: {
  readonly name: string;
  readonly create: (target: number) => Policy;
  readonly traceName: string;
  readonly trace: Trace;
  readonly startups: readonly number[];
}): readonly PeerRow[] {
  const { name, create, traceName, trace, startups } = options;
  const span = [trace.historyDays * MINUTES_PER_DAY, trace.demand.length] as const;
  return startups.flatMap((startup) => {
    const world = createWorld({ startup });
    const oracle = oracleBill(world, trace.demand, ...span);
    return TARGETS.flatMap((target) => {
      const run = replay({ demand: trace.demand, world, policy: create(target) });
      const sums = tally(run, trace.demand, ...span);
      return PEER_LOSS_FACTORS.map((lossFactor) => ({
        trace: traceName,
        startup,
        lossFactor,
        policy: name,
        target,
        quantile: 0,
        ...score(sums, oracle, lossFactor),
      }));
    });
  });
}
