import type { GuardReading } from '@evenkeel/engine/ports';
import { balancerQuery } from './demand-queries.ts';
import type { MetricPoints, MetricQuery } from './metric-data.ts';

/** A target group and its load balancer as the dimensions of AWS/ApplicationELB name them. */
export interface BalancerName {
  /** `targetgroup/web/50dc6c495c0c9188` */
  readonly TargetGroup: string;
  /** `app/shop/73e2d6bc24d8a067` */
  readonly LoadBalancer: string;
}

/** Finds the load balancers before target groups, by their ARNs. One that no load balancer uses is left out. */
export type BalancerNames = (targetGroupArns: readonly string[]) => Promise<readonly BalancerName[]>;

const SERIES = [
  { metric: 'RequestCount', statistic: 'Sum' },
  { metric: 'HTTPCode_Target_5XX_Count', statistic: 'Sum' },
  { metric: 'TargetResponseTime', statistic: 'p90' },
  { metric: 'UnHealthyHostCount', statistic: 'Maximum' },
] as const;

/** The dimension of a target group: the last part of its ARN. */
export function targetGroupName(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/** Four series for each target group, in the order guardReadingFrom expects. */
export function guardQueries(names: readonly BalancerName[]): readonly MetricQuery[] {
  return names.flatMap((name) =>
    SERIES.map(({ metric, statistic }) => balancerQuery(name, metric, { statistic, period: 1 })),
  );
}

/**
 * Share of failed requests over all target groups, the slowest one's latency (mean of the minutes' p90) and the unhealthy hosts.
 * A balancer reports only while there are requests: without any, share and latency are left out rather than called 0.
 */
export function guardReadingFrom(
  names: readonly BalancerName[],
  points: readonly MetricPoints[],
): GuardReading {
  const series = (group: number, index: number) => points[group * SERIES.length + index]?.values ?? [];
  const groups = names.map((_, group) => ({
    requests: sum(series(group, 0)),
    errors: sum(series(group, 1)),
    latencies: series(group, 2),
    unhealthy: series(group, 3),
  }));
  const requests = sum(groups.map((group) => group.requests));
  const latencies = groups.flatMap((group) => (group.latencies.length > 0 ? [mean(group.latencies)] : []));
  const unhealthy = groups.flatMap((group) => group.unhealthy.at(-1) ?? []);
  return {
    ...(requests > 0 && { errorShare: Math.min(1, sum(groups.map((group) => group.errors)) / requests) }),
    ...(latencies.length > 0 && { latencySeconds: Math.max(...latencies) }),
    ...(unhealthy.length > 0 && { unhealthyHosts: sum(unhealthy) }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
