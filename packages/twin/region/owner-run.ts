import type { Minute } from '@evenkeel/core/quantities';
import {
  initialSize,
  oracleBill,
  type Policy,
  type Run,
  replay,
  type Score,
  score,
  type Tally,
  tally,
  track,
} from '@evenkeel/core/replay';
import { ownerPolicies } from './options.ts';
import type { TwinGroup } from './twin-group.ts';

/** "Before": what the owner's own configuration would have made of the very same demand. */
export interface OwnerRun {
  /** The kernel's run over the group's whole length, arrays by minute since the group's start. */
  readonly run: Run;
  /** Sums over minutes `from` (inclusive) … `to` (exclusive). */
  tally(from: Minute, to: Minute): Tally;
  /** The kernel's figures over the same minutes for a loss factor. */
  score(from: Minute, to: Minute, lossFactor: number): Score;
}

/**
 * Plays the group's demand with the kernel under the owner's bounds and target, in the group's world: metric period and
 * draining included, the extras left to chance and the zones not.
 */
export function ownerRun(group: TwinGroup): OwnerRun {
  const { demand, home, start } = group;
  const run = replay({ demand, world: home, policy: ownerPolicy(group) });
  const sums = (from: Minute, to: Minute): Tally => tally(run, demand, from - start, to - start);
  return {
    run,
    tally: sums,
    score: (from, to, lossFactor) =>
      score(sums(from, to), oracleBill(home, demand, from - start, to - start), lossFactor),
  };
}

function ownerPolicy(group: TwinGroup): Policy {
  const [policy] = ownerPolicies(group.options);
  if (policy?.kind === 'target-tracking') return track(policy.target / 100);
  const fixed = initialSize(group.home, group.demand[0] ?? 0);
  return { wish: () => fixed };
}
