import type { Minute } from '@evenkeel/core/quantities';
import { type FaultSwitch, failCall } from '@evenkeel/engine/memory';
import type { InstanceMetrics, InstanceReading } from '@evenkeel/engine/ports';
import { type GroupRef, groupKey, PortError } from '@evenkeel/engine/ports';
import { chance } from '../random.ts';
import { latencyAt } from '../region/latency.ts';
import { isGap } from '../region/metric-gaps.ts';
import type { TwinGroup } from '../region/twin-group.ts';
import { flawOf } from './flaws.ts';
import { shapeOf } from './play-refresh.ts';

/**
 * How unequal equal instances are (neighbours, sticky connections): standard deviations of the logarithm, of memory and errors of the value
 * itself; and how uneven a minute is.
 */
const BETWEEN = { cpu: 0.015, latency: 0.03, memory: 0.02, errors: 0.0003 };
const WITHIN = { cpu: 0.04, latency: 0.1, memory: 0.005 };
/** Share of requests that fail on the best of days, and requests that one instance answers in a minute. */
const USUAL_ERRORS = 0.001;
const REQUESTS = 600;

/** Instances one by one, each with its own luck. */
export function createTwinInstances(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  readonly newest: (group: TwinGroup) => number;
  readonly faults: FaultSwitch;
}): InstanceMetrics {
  return {
    async read(ref: GroupRef, from: Minute, to: Minute) {
      failCall(options.faults, 'instance-metrics', ref);
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

interface Which {
  readonly i: number;
  readonly isNew: boolean;
  readonly type: string;
  readonly from: number;
  readonly end: number;
}

function reading(group: TwinGroup, which: Which): InstanceReading {
  const { i, isNew, type } = which;
  const { requestMetrics, uses } = group.options;
  const flaw = flawOf(group, type);
  const luckOf = (what: string) => chance(1, `${group.ref.name}/${type}/${i}/${what}`);
  const cpuLuck = chance(1, `${group.ref.name}/${type}/${i}`);
  const ownCpu = BETWEEN.cpu * cpuLuck.normal(-1);
  const busyAt = (minute: number): number =>
    Math.min(1, shareAt(group, which, minute) * Math.exp(ownCpu + WITHIN.cpu * cpuLuck.normal(minute)));
  const checks = luckOf('checks');
  return {
    id: `i-${isNew ? 'new' : 'old'}-${i}`,
    type,
    healthy: true,
    cpu: series(group, which, busyAt),
    failedChecks: series(group, which, (minute) =>
      checks.uniform(minute) < (flaw.failedChecks ?? 0) ? 1 : 0,
    ),
    ...(uses?.memoryPercent && { memory: memoryOf(group, which, uses.memoryPercent) }),
    ...(requestMetrics && {
      latencySeconds: latencyOf(group, which, busyAt),
      errorShare: errorsOf(group, which),
    }),
  };
}

/** Utilisation of an instance of this type at its equal share of the demand. */
function shareAt({ demand, run, mix }: TwinGroup, { isNew }: Which, minute: number): number {
  const capacity = (isNew ? mix?.next?.capacity : mix?.saved.capacity) ?? 1;
  return demand[minute]! / run.inService[minute]! / capacity;
}

/** A value for each minute in which the instance was there and something was published. */
function series(group: TwinGroup, which: Which, valueAt: (minute: number) => number): Float64Array {
  const { from, end, isNew, i } = which;
  const { start, run, mix } = group;
  const values = new Float64Array(Math.max(0, end - from)).fill(Number.NaN);
  for (let at = Math.max(from, start); at < end; at++) {
    const minute = at - start;
    const renewed = mix?.next ? mix.renewedAt[minute]! : 0;
    const there = isNew ? renewed : run.inService[minute]! - renewed;
    if (i < there && !isGap(group, minute)) values[at - from] = valueAt(minute);
  }
  return values;
}

function latencyOf(group: TwinGroup, which: Which, busyAt: (minute: number) => number): Float64Array {
  const { latency = 1 } = flawOf(group, which.type);
  const luck = chance(1, `${group.ref.name}/${which.type}/${which.i}/latency`);
  const own = latency * Math.exp(BETWEEN.latency * luck.normal(-1));
  return series(
    group,
    which,
    (minute) => latencyAt(busyAt(minute)) * own * Math.exp(WITHIN.latency * luck.normal(minute)),
  );
}

function errorsOf(group: TwinGroup, which: Which): Float64Array {
  const luck = chance(1, `${group.ref.name}/${which.type}/${which.i}/errors`);
  const usual = Math.max(0, USUAL_ERRORS + BETWEEN.errors * luck.normal(-1));
  const share = usual + (flawOf(group, which.type).errors ?? 0);
  return series(group, which, (minute) =>
    Math.max(0, share + Math.sqrt(share / REQUESTS) * luck.normal(minute)),
  );
}

/** In use when idle and when busy, and what has leaked since the instance came. */
function memoryOf(
  group: TwinGroup,
  which: Which,
  { idle, busy }: { readonly idle: number; readonly busy: number },
): Float64Array {
  const { leakPerHour = 0 } = flawOf(group, which.type);
  const luck = chance(1, `${group.ref.name}/${which.type}/${which.i}/memory`);
  const own = BETWEEN.memory * luck.normal(-1);
  const came = leakPerHour > 0 ? arrivalOf(group, which) : 0;
  return series(group, which, (minute) => {
    const used = idle + (busy - idle) * Math.min(1, shareAt(group, which, minute));
    const leaked = leakPerHour * Math.max(0, (minute - came) / 60);
    return Math.min(1, Math.max(0, used / 100 + own + leaked + WITHIN.memory * luck.normal(minute)));
  });
}

/** The minute in which there began to be as many new instances as make it one of them. */
function arrivalOf({ mix, run }: TwinGroup, { i, isNew }: Which): number {
  if (!isNew || !mix) return 0;
  let minute = run.next - 1;
  while (minute > 0 && mix.renewedAt[minute - 1]! > i) minute -= 1;
  return minute;
}
