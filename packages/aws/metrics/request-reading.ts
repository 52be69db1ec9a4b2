import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { DemandReading } from '@evenkeel/engine/ports';
import type { MetricPoints } from './metric-data.ts';

/** The series of one segment: two for each target group. */
export interface RequestPoints {
  readonly period: Minutes;
  /** Sum of RequestCount, one series a target group. */
  readonly requests: readonly MetricPoints[];
  /** HealthyHostCount, of the same target groups: there whether or not anybody asks for anything. */
  readonly hosts: readonly MetricPoints[];
}

export interface RequestRequest {
  readonly from: Minute;
  readonly to: Minute;
  readonly now: Minute;
  readonly perInstanceMinute: number;
  readonly segments: readonly RequestPoints[];
}

/**
 * Visible demand from the requests of all target groups. A load balancer reports requests only while there are any: a minute without
 * them is a true 0 where its hosts were reported, and missing where they were not. Ends with the newest minute that is over.
 */
export function requestReadingFrom(request: RequestRequest): DemandReading {
  const { from, to, now, perInstanceMinute, segments } = request;
  const length = Math.max(0, to - from);
  const demand = new Float64Array(length).fill(Number.NaN);
  let end = from;
  for (const { period, requests, hosts } of segments) {
    const served = totals(requests);
    const reported = new Set([...served.keys(), ...hosts.flatMap(({ minutes }) => minutes)]);
    for (const at of reported) {
      const [first, last] = [Math.max(0, at - from), Math.min(length, at + period - from)];
      if (at + period > now || last <= first) continue;
      demand.fill((served.get(at) ?? 0) / period / perInstanceMinute, first, last);
      end = Math.max(end, from + last) as Minute;
    }
  }
  const inService = new Float64Array(end - from).fill(Number.NaN);
  return { demand: { start: from, values: demand.slice(0, end - from) }, inService, periodMinutes: 1 };
}

function totals(series: readonly MetricPoints[]): Map<Minute, number> {
  const sums = new Map<Minute, number>();
  for (const { minutes, values } of series) {
    for (const [index, at] of minutes.entries()) sums.set(at, (sums.get(at) ?? 0) + (values[index] ?? 0));
  }
  return sums;
}
