import { createRegion, type Region } from '@evenkeel/twin';
import { DEMO_ENDS, EVENKEEL_BEGINS, HISTORY_BEGINS } from './calendar.ts';
import type { DemoTypes } from './demo-types.ts';
import { groupName } from './scenes.ts';
import { type DemoWorkload, OWNER_TARGET } from './workload.ts';

/**
 * The region of the demo at the minute Evenkeel is let in: each workload's group has lived four weeks under its owner's
 * own target tracking.
 * @param types what other instance types really carry; without it all carry the same
 */
export function demoRegion(workloads: readonly DemoWorkload[], seed: number, types?: DemoTypes): Region {
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
      shape: {
        instanceTypes: [workload.instanceType],
        ...(types && { architecture: types.architectureOf(workload) }),
        spotShare: 0,
        templateVersion: 'number',
      },
      ...(types && { capacities: types.capacitiesOf(workload) }),
    })),
  });
  region.advance(EVENKEEL_BEGINS - HISTORY_BEGINS);
  return region;
}
