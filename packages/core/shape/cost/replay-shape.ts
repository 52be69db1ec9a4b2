import { ceilInstances, MINUTES_PER_DAY, type Utilisation } from '../../quantities.ts';
import { replay } from '../../replay/kernel.ts';
import { tally } from '../../replay/scores.ts';
import { track, trackOverFloors } from '../../replay/track.ts';
import type { World } from '../../replay/world.ts';
import { leastAfter } from './least-after.ts';
import type { ReplayedShape } from './replayed-evaluation.ts';

export interface ReplayedGroup {
  /** Visible demand of the history, a value a minute, in instances of the present type at 100 %; no NaN. */
  readonly demand: Float64Array;
  /** The world with the group's bounds in present instances. */
  readonly world: World;
  readonly target: Utilisation;
  /** Floors of every minute in present instances; absent where the group has none. */
  readonly floors?: Float64Array;
  /** Zones the group must be able to lose one of; 0 or 1 where it need not. */
  readonly zonesAtRisk?: number;
}

/**
 * The replay of a group's own target and floors with another capacity per instance: demand, floors and the least size are counted in the new
 * instances, the largest size stays as it is (S22 refuses what comes near it). Zone headroom: the demand is what the remaining zones must carry.
 */
export function replayOf(group: ReplayedGroup): (capacity: number) => ReplayedShape {
  const { demand, world, target, floors, zonesAtRisk = 0 } = group;
  const headroom = zonesAtRisk > 1 ? zonesAtRisk / (zonesAtRisk - 1) : 1;
  return (capacity) => {
    const min = Math.min(world.bounds.max, leastAfter(world.bounds.min, { capacity, zonesAtRisk }));
    const converted = { ...world, bounds: { min, max: world.bounds.max } };
    const load = demand.map((value) => (value * headroom) / capacity);
    const policy = floors
      ? trackOverFloors(
          target,
          floors.map((floor) => ceilInstances((floor * headroom) / capacity)),
        )
      : track(target);
    const run = replay({ demand: load, world: converted, policy });
    const sums = tally(run, load, 0, load.length);
    const peak = run.inService.subarray(0, load.length).reduce((most, each) => Math.max(most, each), 0);
    return {
      billed: sums.billed / sums.minutes,
      shortage: sums.shortage / sums.minutes,
      peak,
      hotMinutesPerDay: (sums.hotMinutes * MINUTES_PER_DAY) / sums.minutes,
      launchesPerDay: (sums.launches * MINUTES_PER_DAY) / sums.minutes,
    };
  };
}
