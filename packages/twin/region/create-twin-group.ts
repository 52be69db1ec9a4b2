import type { Minute } from '@evenkeel/core/quantities';
import { createRun, createWorld, initialSize, type Policy, type World } from '@evenkeel/core/replay';
import type { GroupRef } from '@evenkeel/engine/ports';
import { renderDemand } from '../demand/index.ts';
import { chance } from '../random.ts';
import type { Extras } from './extras.ts';
import { DEFAULT_SHAPE, DEFAULT_STARTUP, ownerPolicies, sloOf, type TwinGroupOptions } from './options.ts';
import { type Recorded, setPolicies, type TwinGroup } from './twin-group.ts';

export interface TwinGroupContext {
  readonly ref: GroupRef;
  readonly start: Minute;
  readonly end: Minute;
  readonly metricDelay: number;
  readonly seed: number;
  readonly extras: Extras;
  readonly policyFor: (group: () => TwinGroup) => Policy;
}

/** More instances than any group has: MinSize and MaxSize move, so the group's policy keeps them and the kernel's clamp stays open. */
const NO_BOUNDS = { min: 0, max: 65_535 };

/** A group as it stands before its first minute. */
export function createTwinGroup(options: TwinGroupOptions, context: TwinGroupContext): TwinGroup {
  const { ref, start, end, seed, extras } = context;
  const minutes = end - start;
  const home = homeWorld(options, context);
  const demand = demandOf(options, start, end);
  const initial = initialSize(home, demand[0] ?? 0);
  const world: World = { ...home, startup: home.startup + extras.startupJitter, bounds: NO_BOUNDS };
  const streamOf = (name: string) => chance(seed, `${ref.name}/${name}`);
  const group: TwinGroup = {
    ref,
    options,
    extras,
    start,
    home,
    demand,
    load: extras.zoneRounding ? new Float64Array(minutes) : demand,
    felt: extras.zoneRounding ? new Float64Array(minutes) : demand,
    run: createRun({ world, policy: context.policyFor(() => group), minutes, initial }),
    recorded: recordOf(minutes),
    chances: {
      gaps: streamOf('gaps'),
      late: streamOf('late'),
      launches: streamOf('launches'),
      startups: streamOf('startups'),
    },
    tags: options.tags,
    size: options.size,
    desired: initial,
    policies: [],
    tracking: undefined,
    firstShape: options.shape ?? DEFAULT_SHAPE,
    mix: undefined,
    percent: 0,
  };
  setPolicies(group, ownerPolicies(options));
  return group;
}

function homeWorld(options: TwinGroupOptions, { metricDelay, extras }: TwinGroupContext): World {
  return createWorld({
    startup: options.startup ?? DEFAULT_STARTUP,
    metricDelay,
    bounds: options.size,
    sloUtilisation: sloOf(options),
    metricBlock: extras.metricPeriod,
    drain: extras.draining,
  });
}

/** The demand that arrives: the shape's, less what incidents keep away. */
function demandOf(options: TwinGroupOptions, start: Minute, end: Minute): Float64Array {
  const demand = renderDemand(options.demand, start, end);
  for (const incident of options.incidents ?? []) {
    for (let at = Math.max(incident.from, start); at < Math.min(incident.to, end); at++) {
      demand[at - start]! *= incident.demandShare;
    }
  }
  return demand;
}

function recordOf(minutes: number): Recorded {
  return {
    starting: new Uint16Array(minutes),
    minSize: new Uint16Array(minutes),
    maxSize: new Uint16Array(minutes),
    target: new Float64Array(minutes),
  };
}
