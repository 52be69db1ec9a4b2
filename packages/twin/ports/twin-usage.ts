import type { Minute, Minutes } from '@evenkeel/core/quantities';
import { type FaultSwitch, failCall } from '@evenkeel/engine/memory';
import { groupKey, PortError, type ReadUsage } from '@evenkeel/engine/ports';
import { isGap } from '../region/metric-gaps.ts';
import type { TwinGroup } from '../region/twin-group.ts';

/** What a workload uses besides CPU. What is absent nobody measures. */
export interface TwinUse {
  /** Memory in use in each instance, percent: when idle, and when its CPU is fully busy. */
  readonly memoryPercent?: { readonly idle: number; readonly busy: number };
  /** For each capacity unit of demand that is served. */
  readonly networkGbps?: number;
  readonly ebsMbps?: number;
  readonly ebsIops?: number;
}

/** Usage as monitoring tells it: means of the minutes that were published. */
export function createTwinUsage(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  /** The newest minute that monitoring shows. */
  readonly newest: (group: TwinGroup) => number;
  readonly faults: FaultSwitch;
}): ReadUsage {
  const { groups, newest, faults } = options;
  return async (ref, { from, to, period }) => {
    failCall(faults, 'usage', ref);
    const group = groups.get(groupKey(ref));
    if (!group)
      throw new PortError('not-found', `there is no Auto Scaling group ${ref.name} in ${ref.region}`);
    const { memoryPercent, networkGbps, ebsMbps, ebsIops } = group.options.uses ?? {};
    const end = Math.min(to, newest(group) + 1);
    const sampled = (at: (minute: number) => number) => samples(group, { from, to, end, period }, at);
    const perUnit = (each: number) => sampled((minute) => each * group.run.visible[minute]!);
    return {
      start: from,
      period,
      ...(memoryPercent && { memoryPercentMax: sampled((minute) => memoryAt(group, memoryPercent, minute)) }),
      ...(networkGbps !== undefined && { networkGbps: perUnit(networkGbps) }),
      ...(ebsMbps !== undefined && { ebsMbps: perUnit(ebsMbps) }),
      ...(ebsIops !== undefined && { ebsIops: perUnit(ebsIops) }),
    };
  };
}

function memoryAt(
  { run }: TwinGroup,
  { idle, busy }: { readonly idle: number; readonly busy: number },
  minute: number,
): number {
  const up = run.inService[minute]!;
  return idle + (busy - idle) * (up > 0 ? Math.min(1, run.visible[minute]! / up) : 0);
}

interface Range {
  readonly from: Minute;
  readonly to: Minute;
  readonly end: number;
  readonly period: Minutes;
}

/** Means of the published minutes of each sample; NaN where there is none. */
function samples(
  group: TwinGroup,
  { from, to, end, period }: Range,
  at: (minute: number) => number,
): Float64Array {
  return Float64Array.from({ length: Math.max(0, Math.ceil((to - from) / period)) }, (_, index) => {
    let sum = 0;
    let known = 0;
    for (let i = 0; i < period; i++) {
      const minute = from + index * period + i - group.start;
      if (minute < 0 || minute + group.start >= end || isGap(group, minute)) continue;
      sum += at(minute);
      known += 1;
    }
    return known === 0 ? Number.NaN : sum / known;
  });
}
