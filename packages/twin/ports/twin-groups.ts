import type { Minute } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { type FaultSwitch, failCall } from '@evenkeel/engine/memory';
import {
  type GroupRef,
  type GroupSnapshot,
  type Groups,
  groupKey,
  hasEnded,
  type Refresh,
} from '@evenkeel/engine/ports';
import { shapeOf } from '../refresh/play-refresh.ts';
import { DEFAULT_STARTUP, DEFAULT_ZONES } from '../region/options.ts';
import type { TwinGroup } from '../region/twin-group.ts';

/** The region's groups as a provider would tell them now. */
export function createTwinGroups(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  readonly now: () => Minute;
  readonly faults: FaultSwitch;
  readonly refreshOf: (ref: GroupRef) => Refresh | undefined;
}): Groups {
  const { groups, now, faults, refreshOf } = options;
  return {
    async list() {
      failCall(faults, 'list-groups');
      return [...groups.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .filter(([, group]) => WORKLOAD_TAG in group.tags)
        .map(([, group]) => snapshotOf(group, now(), refreshOf(group.ref)));
    },
    async read(ref) {
      failCall(faults, 'read-group', ref);
      const group = groups.get(groupKey(ref));
      return group && snapshotOf(group, now(), refreshOf(ref));
    },
  };
}

/** One group as it is after the minute last played. */
function snapshotOf(group: TwinGroup, readAt: Minute, refresh?: Refresh): GroupSnapshot {
  const { options, run, extras } = group;
  return {
    ref: group.ref,
    readAt,
    tags: group.tags,
    size: group.size,
    desired: group.desired,
    inService: run.fleet.inService,
    starting: run.fleet.starting,
    policies: group.policies,
    shape: shapeOf(group),
    ...(refresh && !hasEnded(refresh) && { refresh: { id: refresh.id, status: refresh.status } }),
    warmup: options.startup ?? DEFAULT_STARTUP,
    zones: options.zones ?? DEFAULT_ZONES,
    targetGroups: options.targetGroups ?? [options.name],
    suspendedProcesses: [],
    capacityUnit: 'instances',
    weighted: false,
    metricPeriod: extras.metricPeriod,
    scaleInProtected: false,
  };
}
