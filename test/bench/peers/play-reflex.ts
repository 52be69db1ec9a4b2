import { createWorld, type Policy, replay, type Trace } from '@evenkeel/core/replay';
import { TARGETS } from './peer.ts';
import { type PeerRow, scoreRun } from './score-run.ts';

/** Plays a policy that forecasts nothing, at each target and start-up time. */
export function playReflex(options: {
  readonly policy: string;
  readonly create: (target: number) => Policy;
  readonly traceName: string;
  readonly trace: Trace;
  readonly startups: readonly number[];
}): readonly PeerRow[] {
  const { create, trace, startups } = options;
  return startups.flatMap((startup) =>
    TARGETS.flatMap((target) => {
      const world = createWorld({ startup });
      const run = replay({ demand: trace.demand, world, policy: create(target) });
      return scoreRun(run, { ...options, setting: { target, quantile: 0 } });
    }),
  );
}
