import type { Instances, Minutes, Utilisation } from '../quantities.ts';
import type { Bounds } from '../workload/policy.ts';

/** The rules a replay obeys: what the cloud does to a group between a wish and its effect. */
export interface World {
  /** Minutes from asking for an instance to its first minute in service, at least 1. */
  readonly startup: Minutes;
  /** A policy that decides in minute m reads datapoints up to m - metricDelay. */
  readonly metricDelay: Minutes;
  readonly bounds: Bounds;
  readonly sloUtilisation: Utilisation;
  /** Length of a metric block: 1 = detailed monitoring, 5 = basic monitoring (each minute shows its block's mean). */
  readonly metricBlock: Minutes;
  /** How much longer a terminated instance is billed than the minute in which it was taken away. */
  readonly drain: Minutes;
  /** The largest share of the group one step down may take (at least one instance); 1 = no limit. */
  readonly scaleInShare: number;
  /** A floor decided in tick minute m is in force from m + floorDelay. */
  readonly floorDelay: Minutes;
}

export const DEFAULT_BOUNDS: Bounds = { min: 2, max: 160 };

/** The world of the benchmark, with what differs given in `changes`. */
export function createWorld(changes: Partial<World> = {}): World {
  const world: World = {
    startup: 3,
    metricDelay: 2,
    bounds: DEFAULT_BOUNDS,
    sloUtilisation: 0.7,
    metricBlock: 1,
    drain: 0,
    scaleInShare: 1,
    floorDelay: 1,
    ...changes,
  };
  if (!(world.startup >= 1)) throw new RangeError(`startup is at least 1 minute, not ${world.startup}`);
  if (!(world.metricDelay >= 0)) throw new RangeError(`metricDelay is 0 or more, not ${world.metricDelay}`);
  if (world.bounds.min > world.bounds.max) {
    throw new RangeError(`bounds.min ${world.bounds.min} is above bounds.max ${world.bounds.max}`);
  }
  return world;
}

/** Basic monitoring: 5-minute means. */
export const SLOW_METRICS = { metricBlock: 5 } as const satisfies Partial<World>;
/** Scheduled actions that begin two minutes late. */
export const LATE_FLOORS = { floorDelay: 3 } as const satisfies Partial<World>;
/** Both, with draining and gentle scale-in besides. */
export const SLOW_WORLD = { ...SLOW_METRICS, ...LATE_FLOORS, drain: 5, scaleInShare: 0.2 } as const;

/** A wish within the bounds, and not below what one step down may leave of the `total` instances. */
export function clampWish(world: World, wish: number, total: Instances): Instances {
  let size = wish;
  if (world.scaleInShare < 1 && size < total) {
    size = Math.max(size, total - Math.max(1, Math.floor(world.scaleInShare * total)));
  }
  if (size > world.bounds.max) return world.bounds.max;
  return Math.max(size, world.bounds.min);
}
