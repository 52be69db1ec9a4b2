import { isSaturated } from '../../demand/uncensored.ts';
import {
  ceilInstances,
  type Instances,
  MINUTES_PER_DAY,
  TICK_MINUTES,
  type Utilisation,
} from '../../quantities.ts';
import { advance, createRun, initialSize, type Run } from '../kernel.ts';
import { tally } from '../scores.ts';
import { type Besides, trackWith } from '../track.ts';
import type { World } from '../world.ts';

/** A day is played from this long before it, so that it begins in the state the strategy would be in. */
export const WARM_UP_MINUTES = 180;

/** What one strategy cost on one day. */
export interface DayCost {
  readonly billed: number;
  readonly shortage: number;
  /** Whether the group had nothing left at some time: else a surge would have changed nothing. */
  readonly saturated: boolean;
}

/** Plays single days of one demand series; keeps its arrays from one play to the next. */
export interface DayPlayer {
  readonly play: (target: Utilisation, besides: Besides) => DayCost;
}

/**
 * A player of day `day` of `demand` (capacity units per minute, whole days). It takes targets with floors per minute of
 * the stretch it plays, as `floorsPerMinute` gives them.
 */
export function dayPlayer(
  world: World,
  demand: Float64Array,
  day: number,
  recycle: { run?: Run },
): DayPlayer {
  const { from, to } = stretchOf(day);
  const stretch = demand.subarray(from, to);
  const initial = initialSize(world, stretch[0]!);
  return {
    play: (target, besides) => {
      const policy = trackWith(target, besides);
      const run = createRun({ world, policy, minutes: stretch.length, initial, ...recycleOf(recycle) });
      recycle.run = run;
      advance(run, stretch, stretch.length);
      const { billed, shortage } = tally(run, stretch, day * MINUTES_PER_DAY - from, stretch.length);
      return { billed, shortage, saturated: hasSaturated(run) };
    },
  };
}

function hasSaturated({ visible, inService, next }: Run): boolean {
  for (let m = 0; m < next; m++) if (isSaturated(visible[m]!, inService[m]!)) return true;
  return false;
}

function recycleOf({ run }: { readonly run?: Run }): { readonly recycle?: Run } {
  return run ? { recycle: run } : {};
}

function stretchOf(day: number): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, day * MINUTES_PER_DAY - WARM_UP_MINUTES), to: (day + 1) * MINUTES_PER_DAY };
}

/**
 * What was said per tick (capacity units) as floors per minute of the stretch of a day, written to `out`: a floor decided
 * in m is in force from m + floorDelay, and is `ceiling` instances at most. Need is rounded up to whole instances, but for
 * `spared` of one.
 */
export function floorsPerMinute(options: {
  readonly world: World;
  readonly said: Float64Array;
  readonly day: number;
  readonly ceiling: Instances;
  readonly spared: number;
  readonly out: Uint16Array;
}): Uint16Array {
  const { world, said, day, ceiling, spared, out } = options;
  const { from, to } = stretchOf(day);
  for (let m = from; m < to; m++) {
    const tick = Math.floor((m - world.floorDelay) / TICK_MINUTES);
    const need = tick < 0 ? 0 : ceilInstances(said[tick]! / world.sloUtilisation - spared);
    out[m - from] = Math.min(need, ceiling);
  }
  return out.subarray(0, to - from);
}
