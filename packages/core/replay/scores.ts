import { ceilInstances, MINUTES_PER_DAY } from '../quantities.ts';
import type { Run } from './kernel.ts';
import type { World } from './world.ts';

/** Sums over the minutes of a run, all in instance-minutes but `hotMinutes`, `minutes` (minutes) and `launches`. */
export interface Tally {
  readonly minutes: number;
  readonly billed: number;
  /** need - in service where need is above it: what the service level lacked. */
  readonly shortage: number;
  readonly hotMinutes: number;
  readonly demand: number;
  /** Demand above 100 % utilisation. */
  readonly unserved: number;
  readonly launches: number;
}

/** The figures of one policy on one trace. */
export interface Score {
  /** (billed + l x shortage) / oracle for the loss factor l. */
  readonly riskAdjustedCost: number;
  readonly billedRatio: number;
  readonly hotPercent: number;
  readonly unservedPercent: number;
  readonly launchesPerDay: number;
}

/** Adds up minutes `from` … `to` - 1 of a run against the true demand (capacity units). */
export function tally(run: Run, demand: Float64Array, from: number, to: number): Tally {
  const { inService, billed, launched, world } = run;
  const { sloUtilisation } = world;
  let bill = 0;
  let shortage = 0;
  let hotMinutes = 0;
  let total = 0;
  let unserved = 0;
  let launches = 0;
  for (let m = from; m < to; m++) {
    const wanted = demand[m]!;
    const up = inService[m]!;
    const missing = wanted / sloUtilisation - up;
    bill += billed[m]!;
    launches += launched[m]!;
    total += wanted;
    if (missing > 1e-9) {
      shortage += missing;
      hotMinutes += 1;
      if (wanted > up) unserved += wanted - up;
    }
  }
  return { minutes: to - from, billed: bill, shortage, hotMinutes, demand: total, unserved, launches };
}

/** The bill of perfect foresight without start-up over minutes `from` … `to` - 1, in instance-minutes. */
export function oracleBill(world: World, demand: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let m = from; m < to; m++) {
    const size = ceilInstances(demand[m]! / world.sloUtilisation);
    sum += Math.max(size, world.bounds.min);
  }
  return sum;
}

/** The figures of a tally against the oracle's bill of the same minutes. */
export function score(sums: Tally, oracle: number, lossFactor: number): Score {
  return {
    riskAdjustedCost: (sums.billed + lossFactor * sums.shortage) / oracle,
    billedRatio: sums.billed / oracle,
    hotPercent: (100 * sums.hotMinutes) / sums.minutes,
    unservedPercent: sums.demand > 0 ? (100 * sums.unserved) / sums.demand : 0,
    launchesPerDay: (sums.launches * MINUTES_PER_DAY) / sums.minutes,
  };
}
