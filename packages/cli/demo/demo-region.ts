import { createRegion, type Region } from '@evenkeel/twin';
import { DEMO_ENDS, EVENKEEL_BEGINS, HISTORY_BEGINS } from './calendar.ts';
import { type Promised, realCapacity } from './changes-of-shape.ts';
import { groupName } from './scenes.ts';
import { type DemoWorkload, OWNER_TARGET } from './workload.ts';

/**
 * The region of the demo at the minute Evenkeel is let in: each workload's group has lived four weeks under its owner's
 * own target tracking.
 */
export function demoRegion(
  workloads: readonly DemoWorkload[],
  seed: number,
  promised: readonly Promised[] = [],
): Region {
  const region = createRegion({
    start: HISTORY_BEGINS,
    end: DEMO_ENDS,
    seed,
    groups: workloads.map((workload) => ({
      name: groupName(workload.name),
      tags: {
        'evenkeel:workload': workload.name,
        'evenkeel:tier': String(workload.tier),
        'evenkeel:mode': 'auto',
      },
      demand: workload.demand,
      size: workload.size,
      startup: workload.startup,
      target: OWNER_TARGET,
      shape: { instanceTypes: [workload.instanceType], spotShare: 0, templateVersion: 'number' },
      capacities: capacitiesOf(workload, promised),
    })),
  });
  region.advance(EVENKEEL_BEGINS - HISTORY_BEGINS);
  return region;
}

function capacitiesOf(
  { name }: DemoWorkload,
  promised: readonly Promised[],
): Readonly<Record<string, number>> {
  const own = promised.filter(({ change }) => change.workload === name);
  return Object.fromEntries(own.map((each) => [each.change.to, realCapacity(each)]));
}
