import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { InstanceMetrics, InstanceReading } from '@evenkeel/engine/ports';
import type { TargetGroups } from '../balancers/target-groups.ts';
import { describeGroup } from '../groups/describe-group.ts';
import { targetGroupsOf } from '../groups/group-snapshot.ts';
import type { MetricPoints, MetricReader } from '../metrics/metric-data.ts';
import type { MetricPeriods } from '../metrics/metric-periods.ts';
import { instanceQueries, readAgents, SERIES } from './instance-queries.ts';

export interface InstanceMetricsOptions {
  readonly autoScaling: AutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly read: MetricReader;
  /** How far apart the group's CPU datapoints are. */
  readonly periods: MetricPeriods;
  readonly targetGroups: Pick<TargetGroups, 'unhealthy'>;
}

/** Without a sign of detailed monitoring it is basic: coarse intervals hold fine datapoints, not the other way round. */
const COARSE: Minutes = 5;

/**
 * Instances one by one, in full batches of GetMetricData: three series each. Latency and errors are left out: load balancers tell them per
 * target group only.
 */
export function createInstanceMetrics(options: InstanceMetricsOptions): InstanceMetrics {
  const { autoScaling, cloudWatch, read, periods, targetGroups } = options;
  return {
    async read(ref, from, to) {
      const group = await describeGroup(autoScaling, ref);
      const running = (group.Instances ?? []).filter(({ LifecycleState: state }) => state === 'InService');
      const [unhealthy, agents, [period = COARSE]] = await Promise.all([
        targetGroups.unhealthy(targetGroupsOf(group)),
        readAgents(cloudWatch, ref),
        periods.of([{ ref, running: running.length }]),
      ]);
      const window = { from: align(from, period), to, period };
      const queries = running.flatMap(({ InstanceId: id = '' }) => instanceQueries(id, { period, agents }));
      // Every metric asked for is billed, and an empty range is refused.
      const points = window.from < to ? await read(queries, window.from, to) : [];
      const instances = running.map((instance, index): InstanceReading => {
        const id = instance.InstanceId ?? '';
        const [cpu, memory, failedChecks] = SERIES.map((_, at) =>
          evenly(points[index * SERIES.length + at], window),
        );
        return {
          id,
          type: instance.InstanceType ?? '',
          healthy: instance.HealthStatus === 'Healthy' && !unhealthy.has(id),
          cpu: scaled(cpu ?? new Float64Array(0), PER_PERCENT),
          ...(isMeasured(memory) && { memory: scaled(memory, PER_PERCENT) }),
          ...(isMeasured(failedChecks) && { failedChecks }),
        };
      });
      return { intervalMinutes: period, instances };
    },
  };
}

const PER_PERCENT = 0.01;

interface Window {
  readonly from: Minute;
  readonly to: Minute;
  readonly period: Minutes;
}

/** The first whole interval. */
function align(from: Minute, period: Minutes): Minute {
  return (Math.ceil(from / period) * period) as Minute;
}

/** A value per whole interval, NaN where there is no datapoint. */
function evenly(points: MetricPoints | undefined, { from, to, period }: Window): Float64Array {
  const values = new Float64Array(Math.max(0, Math.floor((to - from) / period))).fill(Number.NaN);
  for (const [index, at] of (points?.minutes ?? []).entries()) {
    const slot = Math.floor((at - from) / period);
    if (slot >= 0 && slot < values.length) values[slot] = points?.values[index] ?? Number.NaN;
  }
  return values;
}

function scaled(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => value * factor);
}

function isMeasured(values: Float64Array | undefined): values is Float64Array {
  return values?.some((value) => !Number.isNaN(value)) ?? false;
}
