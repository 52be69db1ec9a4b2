import { MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minute, type Minutes } from '@evenkeel/core/quantities';
import type { GroupRef } from '@evenkeel/engine/ports';
import type { BalancerName } from './guard-reading.ts';
import type { MetricQuery } from './metric-data.ts';

/** What every group's instances report, whatever runs on them. */
export const CPU = { namespace: 'AWS/EC2', metric: 'CPUUtilization' } as const;

/** A utilisation of all instances of a group, as CloudWatch gathers it by the group's name. */
export function utilisationQuery(
  ref: GroupRef,
  source: { readonly namespace: string; readonly metric: string },
  how: { readonly statistic: 'Sum' | 'SampleCount'; readonly period: Minutes },
): MetricQuery {
  const { namespace, metric } = source;
  return { namespace, metric, dimensions: { AutoScalingGroupName: ref.name }, ...how };
}

/** A metric of one target group behind its load balancer. */
export function balancerQuery(
  name: BalancerName,
  metric: string,
  how: { readonly statistic: string; readonly period: Minutes },
): MetricQuery {
  return { namespace: 'AWS/ApplicationELB', metric, dimensions: { ...name }, ...how };
}

/** Instances in service by the group's own metrics, which the owner may have switched on. */
export function inServiceQuery(ref: GroupRef, period: Minutes): MetricQuery {
  return {
    namespace: 'AWS/AutoScaling',
    metric: 'GroupInServiceInstances',
    dimensions: { AutoScalingGroupName: ref.name },
    statistic: 'Average',
    period,
  };
}

/** A part of a range that CloudWatch still has at one period; both ends are multiples of it. */
export interface Segment {
  readonly from: Minute;
  readonly to: Minute;
  readonly period: Minutes;
}

/** How long CloudWatch keeps datapoints of a period; asked for later, it gives nothing at all rather than coarser ones. */
const KEPT: readonly { readonly period: Minutes; readonly days: number }[] = [
  { period: 1, days: 15 },
  { period: 5, days: 63 },
  { period: 60, days: 455 },
];
/** Distance kept from the end of a retention, where datapoints vanish. */
const MARGIN: Minutes = MINUTES_PER_HOUR;

export interface SegmentsRequest {
  readonly from: Minute;
  readonly to: Minute;
  readonly now: Minute;
  /** The finest period the group has. */
  readonly finest: 1 | 5;
}

/** The range in parts, oldest first, each at the finest period that is kept for its age. What is older than all is left out. */
export function segmentsOf({ from, to, now, finest }: SegmentsRequest): readonly Segment[] {
  const segments: Segment[] = [];
  let end = to;
  for (const { period, days } of KEPT.filter((kept) => kept.period >= finest)) {
    const kept = now - days * MINUTES_PER_DAY + MARGIN;
    // The border lies on the next coarser grid, so that no coarse period is cut in two.
    const border = Math.ceil(kept / MINUTES_PER_HOUR) * MINUTES_PER_HOUR;
    const start = Math.max(from, border);
    if (start < end) segments.unshift(aligned({ from: start as Minute, to: end, period }));
    end = Math.min(end, start) as Minute;
    if (end <= from) break;
  }
  return segments;
}

function aligned({ from, to, period }: Segment): Segment {
  return {
    from: (Math.floor(from / period) * period) as Minute,
    to: (Math.ceil(to / period) * period) as Minute,
    period,
  };
}
