import type { Minute } from '@evenkeel/core/quantities';
import { newestReadable } from '@evenkeel/core/replay';
import { type FaultSwitch, failCall } from '@evenkeel/engine/memory';
import { type GroupRef, type GuardReading, groupKey, type Metrics, PortError } from '@evenkeel/engine/ports';
import { flawAt } from '../refresh/flaws.ts';
import { latencyAt } from '../region/latency.ts';
import { isGap } from '../region/metric-gaps.ts';
import type { TwinGroup } from '../region/twin-group.ts';

/** What monitoring shows of the region: the same datapoints that target tracking reads, as late and with the same gaps. */
export function createTwinMetrics(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  readonly now: () => Minute;
  readonly faults: FaultSwitch;
}): Metrics {
  const { groups, now, faults } = options;
  const groupOf = (ref: GroupRef): TwinGroup => {
    const group = groups.get(groupKey(ref));
    if (!group)
      throw new PortError('not-found', `there is no Auto Scaling group ${ref.name} in ${ref.region}`);
    return group;
  };
  return {
    async demand(ref, from, to) {
      failCall(faults, 'demand', ref);
      const group = groupOf(ref);
      const end = Math.max(from, Math.min(to, newestShown(group, now()) + 1));
      return { ...readSeries(group, from, end), periodMinutes: group.extras.metricPeriod };
    },
    async guard(ref, at) {
      failCall(faults, 'guard', ref);
      const group = groupOf(ref);
      if (group.options.targetGroups?.length === 0) return {};
      return guardAt(group, Math.min(at, newestShown(group, now())) as Minute);
    },
  };
}

/** The newest minute that monitoring shows in minute `now`. */
export function newestShown(group: TwinGroup, now: Minute): number {
  const { metricDelay, metricBlock } = group.home;
  return group.start + newestReadable(now - group.start, metricDelay, metricBlock);
}

function readSeries(group: TwinGroup, from: Minute, end: number) {
  const values = new Float64Array(end - from).fill(Number.NaN);
  const inService = new Float64Array(end - from).fill(Number.NaN);
  const { run, start } = group;
  for (let at = Math.max(from, start); at < end; at++) {
    const minute = at - start;
    if (isGap(group, minute)) continue;
    values[at - from] = run.visible[minute]!;
    inService[at - from] = run.inService[minute]!;
  }
  return { demand: { start: from, values }, inService };
}

/** Signs of trouble: requests beyond what the instances can serve fail, and an incident adds its own. */
export function guardAt(group: TwinGroup, at: Minute): GuardReading {
  const minute = at - group.start;
  if (minute < 0 || isGap(group, minute)) return {};
  const incident = group.options.incidents?.find((each) => at >= each.from && at < each.to);
  const demand = group.demand[minute]!;
  const mixed = group.mix?.unserved[minute];
  const unserved = mixed ?? (demand > 0 ? 1 - group.run.visible[minute]! / demand : 0);
  const up = group.run.inService[minute]!;
  const utilisation = up > 0 ? group.run.visible[minute]! / up : 1;
  const flaw = flawAt(group, minute);
  return {
    errorShare: Math.min(1, Math.max(0, unserved) + (incident?.errorShare ?? 0) + flaw.errors),
    latencySeconds: latencyAt(utilisation) * flaw.latency,
    unhealthyHosts: incident?.unhealthyHosts ?? 0,
  };
}
