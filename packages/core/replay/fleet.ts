import type { Instances, Minutes } from '../quantities.ts';

/**
 * The instances of one group by age: those in service, and those starting by the minute they arrive.
 * Mutable, so that the minute loop allocates nothing.
 */
export interface Fleet {
  inService: Instances;
  starting: Instances;
  readonly startup: Minutes;
  /** arrivals[minute % length]: how many enter service in that minute. */
  readonly arrivals: Int32Array;
}

/** A fleet with `inService` instances up and nothing starting. */
export function createFleet(inService: Instances, startup: Minutes): Fleet {
  return { inService, starting: 0, startup, arrivals: new Int32Array(startup + 1) };
}

/** Lets the instances asked for in `minute - startup` enter service. To be called once in every minute. */
export function enterService(fleet: Fleet, minute: number): void {
  if (fleet.starting === 0) return;
  const slot = minute % fleet.arrivals.length;
  const arrived = fleet.arrivals[slot]!;
  fleet.arrivals[slot] = 0;
  fleet.inService += arrived;
  fleet.starting -= arrived;
}

/**
 * Brings the fleet to `size` in `minute`: missing instances are asked for; surplus ones are taken from those starting
 * first, the latest first, then from those in service. Gives the change: launches when positive, else instances taken.
 */
export function resize(fleet: Fleet, size: Instances, minute: number): number {
  const change = size - fleet.inService - fleet.starting;
  if (change > 0) {
    fleet.arrivals[(minute + fleet.startup) % fleet.arrivals.length]! += change;
    fleet.starting += change;
  } else if (change < 0) {
    const left = fleet.starting > 0 ? cancelStarting(fleet, -change, minute) : -change;
    fleet.inService -= left;
  }
  return change;
}

/** Cancels up to `surplus` starting instances, the latest first; gives how many are still to be taken. */
function cancelStarting(fleet: Fleet, surplus: Instances, minute: number): Instances {
  const { arrivals, startup } = fleet;
  let left = surplus;
  for (let arrival = minute + startup; arrival > minute && left > 0; arrival--) {
    const slot = arrival % arrivals.length;
    const taken = Math.min(left, arrivals[slot]!);
    arrivals[slot]! -= taken;
    fleet.starting -= taken;
    left -= taken;
  }
  return left;
}
