import { advance } from '@evenkeel/core/replay';
import type { GroupShape } from '@evenkeel/engine/ports';
import { type Mix, mixedLoad } from '../refresh/mix.ts';
import { unsettleLaunches } from './launches.ts';
import type { TwinGroup } from './twin-group.ts';
import { acrossZones } from './zones.ts';

/** Plays the group's next minute with the kernel; what is due in it (actions, leases) has been carried out by the region. */
export function playMinute(group: TwinGroup): void {
  const { run, extras, recorded } = group;
  const minute = run.next;
  if (extras.zoneRounding) spread(group, minute);
  if (group.mix) mixIn(group, group.mix, minute);
  const startingBefore = run.fleet.starting;
  const upBefore = run.fleet.inService;
  recorded.minSize[minute] = group.size.min;
  recorded.maxSize[minute] = group.size.max;
  recorded.target[minute] = group.tracking ? group.tracking.target * 100 : 0;
  advance(run, group.load, minute + 1);
  recorded.starting[minute] = startingBefore - (run.inService[minute]! - upBefore);
  if (extras.launchFailures > 0 || extras.startupJitter > 0) unsettleLaunches(group, minute);
}

/** Demand as instances of two shapes feel it, at equal shares. */
function mixIn(group: TwinGroup, mix: Mix, minute: number): void {
  const { fleet } = group.run;
  const up = fleet.inService + fleet.arrivals[minute % fleet.arrivals.length]!;
  const { visible, felt, unserved } = mixedLoad(
    group.demand[minute]!,
    { ...mix, renewed: Math.min(mix.renewed, up) },
    up,
    group.home.sloUtilisation,
  );
  group.load[minute] = visible;
  group.felt[minute] = felt;
  mix.unserved[minute] = unserved;
  const renewed = mix.next ? Math.min(mix.renewed, up) : 0;
  mix.renewedAt[minute] = renewed;
  const isFirst = (shape: GroupShape | undefined): boolean =>
    shape?.instanceTypes[0] === group.firstShape.instanceTypes[0];
  mix.changedAt[minute] =
    (isFirst(mix.saved.shape) ? 0 : up - renewed) + (isFirst(mix.next?.shape) ? 0 : renewed);
}

/** Demand as the zones see it, with the instances that will be in service in this minute. */
function spread(group: TwinGroup, minute: number): void {
  const { fleet } = group.run;
  const up = fleet.inService + fleet.arrivals[minute % fleet.arrivals.length]!;
  const zones = Math.max(1, group.options.zones?.length ?? 3);
  const { served, felt } = acrossZones(group.demand[minute]!, up, zones, group.home.sloUtilisation);
  group.load[minute] = served;
  group.felt[minute] = felt;
}
