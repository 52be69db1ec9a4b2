import type { Minute, Utilisation } from '../quantities.ts';
import { replay } from '../replay/kernel.ts';
import { track, trackOverFloors } from '../replay/track.ts';
import type { World } from '../replay/world.ts';

/** Capacity in instance-minutes, and minutes in which need was above it. */
export interface Figures {
  readonly capacity: number;
  readonly hotMinutes: number;
}

/** One day of a group: what happened, what the kernel says should have, and what the owner's configuration would have done. */
export interface DayFigures {
  readonly from: Minute;
  /** Minutes that were measured; the others count nowhere. */
  readonly minutes: number;
  readonly measured: Figures;
  /** The configuration that was in force, replayed. */
  readonly replayed: Figures;
  /** The owner's own configuration on the same demand. */
  readonly owner: Figures;
}

export interface DayInput {
  readonly world: World;
  /** Visible demand from `start` on, gaps filled: some hours to warm up, then the day. */
  readonly demand: Float64Array;
  readonly start: Minute;
  /** The day: from this minute to the end of `demand`. */
  readonly from: Minute;
  /** Instances in service as measured, the same minutes as `demand`; NaN where unknown. */
  readonly inService: Float64Array;
  readonly ownerTarget: Utilisation;
  /** The target in force. */
  readonly target: Utilisation;
  /** Floors in force, the same minutes as `demand`; absent where there were none. */
  readonly floors?: ArrayLike<number>;
}

/** Replays a day with the configuration in force and with the owner's, beside what was measured. */
export function dayFigures(input: DayInput): DayFigures {
  const { world, demand, start, from, inService, ownerTarget, target, floors } = input;
  const inForce = floors ? trackOverFloors(target, floors) : track(target);
  const real = replay({ demand, world, policy: inForce }).inService;
  const owner = replay({ demand, world, policy: track(ownerTarget) }).inService;
  const day = {
    demand,
    inService,
    sloUtilisation: world.sloUtilisation,
    from: from - start,
    to: demand.length,
  };
  return figuresOfDay(from, day, { replayed: real, owner });
}

/** Minutes `from` … `to` - 1 of a history as it was measured; instances in service NaN where unknown. */
export interface MeasuredDay {
  readonly demand: Float64Array;
  readonly inService: Float64Array;
  readonly sloUtilisation: Utilisation;
  readonly from: number;
  readonly to: number;
}

/** The figures of a day that was replayed already, instances in service by the same minutes; only those count in which it was measured. */
export function figuresOfDay(
  start: Minute,
  { demand, inService, sloUtilisation, from, to }: MeasuredDay,
  runs: { readonly replayed: ArrayLike<number>; readonly owner: ArrayLike<number> },
): DayFigures {
  const known = (i: number) => inService[i]! > 0;
  const figures = (counts: ArrayLike<number>): Figures => {
    let capacity = 0;
    let hotMinutes = 0;
    for (let i = from; i < to; i++) {
      if (!known(i)) continue;
      capacity += counts[i]!;
      if (demand[i]! / sloUtilisation > counts[i]! + 1e-9) hotMinutes += 1;
    }
    return { capacity, hotMinutes };
  };
  let minutes = 0;
  for (let i = from; i < to; i++) if (known(i)) minutes += 1;
  const [measured, replayed, owner] = [figures(inService), figures(runs.replayed), figures(runs.owner)];
  return { from: start, minutes, measured, replayed, owner };
}
