import type { Minute } from '@evenkeel/core/quantities';
import type { InstanceMetrics, InstanceReading } from '@evenkeel/engine/ports';
import { type GroupRef, groupKey, PortError } from '@evenkeel/engine/ports';
import { chance } from '../random.ts';
import { isGap } from '../region/metric-gaps.ts';
import type { TwinGroup } from '../region/twin-group.ts';
import { shapeOf } from './play-refresh.ts';

/** How unequal equal instances are (neighbours, sticky connections), and how uneven a minute is: standard deviations of the logarithm. */
const BETWEEN = 0.015;
const WITHIN = 0.04;

/** Instances one by one, each with its own luck. */
export function createTwinInstances(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  readonly newest: (group: TwinGroup) => number;
}): InstanceMetrics {
  return {
    async read(ref: GroupRef, from: Minute, to: Minute) {
      const group = options.groups.get(groupKey(ref));
      if (!group) throw new PortError('not-found', `there is no Auto Scaling group ${ref.name}`);
      const end = Math.max(from, Math.min(to, options.newest(group) + 1));
      return { intervalMinutes: 1, instances: readingsOf(group, from, end) };
    },
  };
}

function readingsOf(group: TwinGroup, from: number, end: number): readonly InstanceReading[] {
  const { mix, run } = group;
  const renewed = mix?.next ? mix.renewed : 0;
  const old = Math.max(0, run.fleet.inService - renewed);
  const type = shapeOf(group).instanceTypes[0] ?? '';
  const next = mix?.next?.shape.instanceTypes[0] ?? type;
  return [
    ...Array.from({ length: old }, (_, i) => reading(group, { i, isNew: false, type, from, end })),
    ...Array.from({ length: renewed }, (_, i) => reading(group, { i, isNew: true, type: next, from, end })),
  ];
}

function reading(
  group: TwinGroup,
  options: { i: number; isNew: boolean; type: string; from: number; end: number },
): InstanceReading {
  const { i, isNew, type, from, end } = options;
  const { mix, run, start, demand } = group;
  const luck = chance(1, `${group.ref.name}/${type}/${i}`);
  const own = BETWEEN * luck.normal(-1);
  const cpu = new Float64Array(Math.max(0, end - from)).fill(Number.NaN);
  const capacity = (isNew ? mix?.next?.capacity : mix?.saved.capacity) ?? 1;
  for (let at = Math.max(from, start); at < end; at++) {
    const minute = at - start;
    const up = run.inService[minute]!;
    const there = isNew ? (mix?.renewedAt[minute] ?? 0) : up - (mix?.next ? mix.renewedAt[minute]! : 0);
    if (i >= there || isGap(group, minute)) continue;
    const share = demand[minute]! / up / capacity;
    cpu[at - from] = Math.min(1, share * Math.exp(own + WITHIN * luck.normal(minute)));
  }
  return { id: `i-${isNew ? 'new' : 'old'}-${i}`, type, healthy: true, cpu };
}
