import type { Instances } from '../quantities.ts';
import { advanceTracked, type Tracked } from './advance-tracked.ts';
import { createFleet, enterService, type Fleet, resize } from './fleet.ts';
import { clampWish, type World } from './world.ts';

/**
 * What a policy may look at: the group itself and the datapoints up to `newest`. Arrays are indexed by minute; entries
 * after `newest` are not to be read.
 */
export interface View {
  readonly fleet: Readonly<Fleet>;
  /** The newest readable minute, negative before the first. */
  readonly newest: number;
  readonly inService: Uint16Array;
  /** Visible demand as the metric shows it: utilisation x in service, capacity units. */
  readonly visible: Float64Array;
}

/** A scaling policy: asked once in every minute for the size it wishes. It may keep state between minutes. */
export interface Policy {
  readonly wish: (minute: number, view: View) => Instances;
  /** Set where the policy is nothing but target tracking over known floors: a faster loop then plays it. */
  readonly tracked?: Tracked;
}

/** One replay under way or done: what happened in each minute up to (not including) `next`. */
export interface Run extends View {
  readonly world: World;
  readonly policy: Policy;
  readonly fleet: Fleet;
  next: number;
  newest: number;
  /** Instances billed: in service, starting and draining. */
  readonly billed: Uint16Array;
  /** Instances asked for, cancelled later or not. */
  readonly launched: Uint16Array;
  /** drains[minute % length]: instances whose last billed minute that is. */
  readonly drains: Int32Array;
  draining: Instances;
}

/** A run of at most `minutes` minutes that begins with `initial` instances in service and nothing starting. */
export function createRun(options: {
  readonly world: World;
  readonly policy: Policy;
  readonly minutes: number;
  readonly initial: Instances;
  /** A finished run whose arrays may be written over: most of the time of a short replay is their allocation. */
  readonly recycle?: Run;
}): Run {
  const { world, policy, minutes, initial } = options;
  const recycle =
    options.recycle && options.recycle.inService.length >= minutes ? options.recycle : undefined;
  return {
    world,
    policy,
    fleet: createFleet(initial, world.startup),
    next: 0,
    newest: -1,
    inService: recycle?.inService ?? new Uint16Array(minutes),
    visible: recycle?.visible ?? new Float64Array(minutes),
    billed: recycle?.billed ?? new Uint16Array(minutes),
    launched: recycle?.launched ?? new Uint16Array(minutes),
    drains: new Int32Array(world.drain + 1),
    draining: 0,
  };
}

/** The size a group begins with: enough for the first minute's demand (capacity units) at the SLO utilisation. */
export function initialSize(world: World, firstDemand: number): Instances {
  return Math.max(world.bounds.min, Math.ceil(firstDemand / world.sloUtilisation));
}

/**
 * Plays a run on to minute `to` (exclusive) with `demand[minute]` in capacity units. Within a minute: instances enter
 * service; utilisation and bill are recorded; the policy decides on datapoints up to minute - metricDelay; its wish is
 * clamped and applied. Deterministic, and continuing a run is the same as playing it in one go.
 */
export function advance(run: Run, demand: Float64Array, to: number): void {
  const { tracked } = run.policy;
  if (tracked && isPlain(run.world)) advanceTracked(run, demand, to, tracked);
  else advanceAny(run, demand, to);
}

function isPlain(world: World): boolean {
  return world.metricBlock === 1 && world.drain === 0 && world.scaleInShare === 1;
}

/** The loop for any policy in any world; exported to be compared with the fast one. */
export function advanceAny(run: Run, demand: Float64Array, to: number): void {
  const { world, policy, fleet, inService, visible, billed, launched } = run;
  const { metricDelay, metricBlock } = world;
  for (let m = run.next; m < to; m++) {
    enterService(fleet, m);
    const up = fleet.inService;
    const wanted = demand[m]!;
    inService[m] = up;
    visible[m] = Math.min(wanted, up);
    billed[m] = up + fleet.starting + run.draining;
    if (run.draining > 0) endDraining(run, m);
    if (metricBlock > 1 && (m + 1) % metricBlock === 0) showBlockMean(run, m);
    run.newest = newestReadable(m, metricDelay, metricBlock);
    const total = up + fleet.starting;
    const size = clampWish(world, policy.wish(m, run), total);
    if (size === total) launched[m] = 0;
    else launched[m] = applySize(run, size, m);
  }
  run.next = Math.max(run.next, to);
}

/** The newest minute that is readable in `minute`: metricDelay back, and only whole metric blocks. */
export function newestReadable(minute: number, metricDelay: number, metricBlock: number): number {
  const newest = minute - metricDelay;
  return metricBlock === 1 ? newest : Math.floor((newest + 1) / metricBlock) * metricBlock - 1;
}

function applySize(run: Run, size: Instances, minute: number): number {
  const upBefore = run.fleet.inService;
  const change = resize(run.fleet, size, minute);
  const ended = upBefore - run.fleet.inService;
  if (run.world.drain > 0 && ended > 0) {
    run.drains[(minute + run.world.drain) % run.drains.length]! += ended;
    run.draining += ended;
  }
  return Math.max(change, 0);
}

function endDraining(run: Run, minute: number): void {
  const slot = minute % run.drains.length;
  run.draining -= run.drains[slot]!;
  run.drains[slot] = 0;
}

/** Basic monitoring: every minute of the block that ends in `last` shows the block's mean utilisation. */
function showBlockMean(run: Run, last: number): void {
  const first = last - run.world.metricBlock + 1;
  let sum = 0;
  let count = 0;
  for (let m = first; m <= last; m++) {
    if (run.inService[m] === 0) continue;
    sum += run.visible[m]! / run.inService[m]!;
    count += 1;
  }
  const mean = count > 0 ? sum / count : 0;
  for (let m = first; m <= last; m++) run.visible[m] = mean * run.inService[m]!;
}

/** Plays a whole demand series with one policy. */
export function replay(options: {
  readonly demand: Float64Array;
  readonly world: World;
  readonly policy: Policy;
  readonly recycle?: Run;
}): Run {
  const { demand, world } = options;
  const initial = initialSize(world, demand[0] ?? 0);
  const run = createRun({ ...options, minutes: demand.length, initial });
  advance(run, demand, demand.length);
  return run;
}
