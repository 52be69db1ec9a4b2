import { ceilInstances } from '@evenkeel/core/quantities';
import { createRun, initialSize, type Run, trackOverFloors, type World } from '@evenkeel/core/replay';
import type { LaneMessage } from './messages.ts';
import type { Setting } from './peer.ts';

/**
 * One forecast and the runs that live by it: the floors are the same, the target of target tracking differs. The peer sees
 * the run of the lowest target, which hides least of the demand.
 */
export interface Lane {
  readonly name: string;
  readonly world: World;
  readonly quantile: number;
  readonly runs: readonly LaneRun[];
  /** Slots told to the peer so far. */
  told: number;
}

export interface LaneRun {
  readonly setting: Setting;
  readonly run: Run;
  /** Instances per minute; entries are filled in as forecasts come. */
  readonly floors: Float64Array;
}

/** A lane at the beginning of a trace, with target tracking alone until the first forecast. */
export function createLane(options: {
  readonly world: World;
  readonly quantile: number;
  readonly targets: readonly number[];
  readonly demand: Float64Array;
}): Lane {
  const { world, quantile, targets, demand } = options;
  const runs = targets.map((target) => {
    const floors = new Float64Array(demand.length);
    const policy = trackOverFloors(target, floors);
    const initial = initialSize(world, demand[0] ?? 0);
    const run = createRun({ world, policy, minutes: demand.length, initial });
    return { setting: { target, quantile }, run, floors };
  });
  return { name: `${world.startup}/${quantile}`, world, quantile, runs, told: 0 };
}

/** What the peer has not been told yet, as of a decision in `minute`: highest visible demand of each slot. */
export function tellLane(lane: Lane, minute: number, slotMinutes: number): LaneMessage {
  const { visible } = (lane.runs[0] as LaneRun).run;
  const end = minute - lane.world.metricDelay + 1;
  // The last slot told was not readable to its end then.
  const from = Math.max(0, lane.told - 1);
  const values: number[] = [];
  for (let first = from * slotMinutes; first < end; first += slotMinutes) {
    let highest = 0;
    for (let m = first; m < Math.min(first + slotMinutes, end); m++) highest = Math.max(highest, visible[m]!);
    values.push(highest);
  }
  lane.told = from + values.length;
  return { lane: lane.name, quantile: lane.quantile, from, values };
}

/** Launches are asked for this much before the start-up, as AWS's predictive scaling does by default, minutes. */
const BUFFER = 5;

/** Minutes after the next forecast's time that floors of this one look at. */
export function lookAhead(world: World): number {
  return world.startup + BUFFER;
}

export interface Levels {
  /** The minute of the forecast: the first slot begins in it. */
  readonly minute: number;
  readonly slotMinutes: number;
  /** Demand per slot, capacity units. */
  readonly levels: readonly number[];
  readonly gives: 'quantile' | 'point';
}

/** Floors of minutes `minute` + 1 … `until`: what the highest level between then and the look-ahead needs. */
export function setFloors(lane: Lane, forecast: Levels, until: number): void {
  const { minute, slotMinutes, levels, gives } = forecast;
  const ahead = lookAhead(lane.world);
  const slotOf = (m: number): number => Math.floor((m - minute) / slotMinutes);
  for (const { setting, floors } of lane.runs) {
    const utilisation = gives === 'point' ? setting.target : lane.world.sloUtilisation;
    for (let m = minute + 1; m <= until && m < floors.length; m++) {
      let highest = 0;
      for (let slot = slotOf(m); slot <= slotOf(m + ahead); slot++) {
        highest = Math.max(highest, levels[slot] ?? 0);
      }
      floors[m] = ceilInstances(highest / utilisation);
    }
  }
}
