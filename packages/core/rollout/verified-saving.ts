import { HOURS_PER_MONTH, type Instances, type Utilisation } from '../quantities.ts';
import { replay } from '../replay/kernel.ts';
import { trackOverFloors } from '../replay/track.ts';
import type { World } from '../replay/world.ts';
import type { OldNew } from './rollout-plan.ts';

/** A day in the new shape, some hours to warm up before it. */
export interface DayAfter {
  /** Demand that really came, in new instances, a value a minute, gaps filled. */
  readonly demand: Float64Array;
  /** Instances in service, the same minutes; NaN where unknown. */
  readonly inService: Float64Array;
  /** The first minute that counts. */
  readonly from: number;
  /** The group's rules, with its bounds in new instances. */
  readonly world: World;
  readonly target: Utilisation;
  /** MinSize as it was in force in each minute, new instances. */
  readonly floors: ArrayLike<number>;
  /** What one new instance carries, in old ones. */
  readonly ratio: number;
  /** The owner's minimum in old instances. */
  readonly oldMinimum: Instances;
  readonly usdPerInstanceHour: OldNew;
  /** Share of the old shape's bill that is paid whether it runs or not (S23). */
  readonly paidAnyway: number;
}

export interface VerifiedSaving {
  /** Mean instances in service: of the new shape as measured, of the old one replayed. */
  readonly instances: OldNew;
  readonly usdPerMonth: OldNew;
  /** Minutes in which demand was above what the service level allows, of the day. */
  readonly hotMinutes: OldNew;
  /** By what share the replay of the shape in force is off the measured capacity (S9). */
  readonly replayError: number;
}

/**
 * What the old shape would have cost on the demand that really came, by the kernel, with the capacity of an old instance, the owner's old minimum
 * and the floors that stood; against the new one as it was measured. The error of the replay is taken from the new shape and out of the old. Undefined where no minute was measured. Floors are converted rounding
 * down: where there is doubt, the old shape is the cheaper one.
 */
export function verifiedSaving(day: DayAfter): VerifiedSaving | undefined {
  const { demand, inService, from, world, target, floors, ratio, oldMinimum, usdPerInstanceHour } = day;
  const fresh = replay({ demand, world, policy: trackOverFloors(target, floors) });
  const oldDemand = demand.map((value) => value * ratio);
  const oldFloors = Float64Array.from(floors, (floor) =>
    Math.max(oldMinimum, Math.floor(floor * ratio + 1e-9)),
  );
  const bounds = { min: Math.min(oldMinimum, world.bounds.max), max: world.bounds.max };
  const oldWorld = { ...world, bounds };
  const old = replay({ demand: oldDemand, world: oldWorld, policy: trackOverFloors(target, oldFloors) });
  const known = Array.from(inService.keys()).filter((i) => i >= from && inService[i]! > 0);
  if (known.length === 0) return undefined;
  const mean = (counts: ArrayLike<number>) => known.reduce((sum, i) => sum + counts[i]!, 0) / known.length;
  const hot = (load: Float64Array, counts: ArrayLike<number>) =>
    known.filter((i) => load[i]! / world.sloUtilisation > counts[i]! + 1e-9).length;
  const measured = mean(inService);
  // What the replay of the shape in force is off by that day (a target that moved, say), that of the other one is off by as well.
  const instances = { old: (mean(old.inService) * measured) / mean(fresh.inService), fresh: measured };
  const monthly = (shape: keyof OldNew) => instances[shape] * usdPerInstanceHour[shape] * HOURS_PER_MONTH;
  const before = monthly('old');
  return {
    instances,
    usdPerMonth: { old: before, fresh: monthly('fresh') + day.paidAnyway * before },
    hotMinutes: { old: hot(oldDemand, old.inService), fresh: hot(demand, inService) },
    replayError: mean(fresh.inService) / instances.fresh - 1,
  };
}

/** Less than this of the share that was promised is not kept. */
export const KEPT_SHARE = 0.5;
/** Hot minutes beyond the old shape's: by this share and so many a day (the tolerance of S9). */
const HOT_SHARE = 0.2;
const HOT_MINUTES = 5;

/** Whether a change saved at least half the share of the bill it promised, at no more hot minutes than the replay can tell apart. */
export function isKept(saving: VerifiedSaving, promisedShare: number): boolean {
  const { usdPerMonth, hotMinutes } = saving;
  const share = 1 - usdPerMonth.fresh / usdPerMonth.old;
  const hotter = hotMinutes.fresh - hotMinutes.old;
  const tooHot = hotter > HOT_MINUTES && hotter > HOT_SHARE * hotMinutes.old;
  return share >= KEPT_SHARE * promisedShare && !tooHot;
}

/** S9: by how much the replay may be off before nothing is concluded from it. */
const MOST_REPLAY_ERROR = 0.1;

export function isBelievable({ replayError }: VerifiedSaving): boolean {
  return Math.abs(replayError) <= MOST_REPLAY_ERROR;
}
