import type { MetricPoints } from './metric-data.ts';

/** So many of the newest minutes with a datapoint are looked at. */
const NEWEST = 15;
const ENOUGH = 5;
/** Share of the running instances that report in one minute: all of them with detailed monitoring, a fifth with basic. */
const DETAILED_ABOVE = 0.7;
const BASIC_BELOW = 0.35;

/**
 * How far apart the CPU datapoints of a group's instances are, from the number of samples in each minute. Measured rather than read
 * from the launch template: instances keep the monitoring they were launched with, whatever the template says today. With basic
 * monitoring each instance reports every fifth minute, not all in the same one.
 * @param samples SampleCount of CPUUtilization at a period of one minute
 * @param running instances in service
 * @returns undefined while the samples fit neither (nothing reported yet, or half the group was relaunched with another setting)
 */
export function metricPeriodFrom(samples: MetricPoints, running: number): 1 | 5 | undefined {
  const { minutes, values } = samples;
  const first = minutes[0];
  const last = minutes.at(-1);
  if (running === 0 || first === undefined || last === undefined) return undefined;
  if (minutes.length > 1 && minutes.every((at) => (at - first) % 5 === 0)) return 5;
  const from = Math.max(first, last - NEWEST + 1);
  const span = last - from + 1;
  if (span < ENOUGH) return undefined;
  // A minute without datapoint counts as one in which nobody reported.
  const counts = new Float64Array(span);
  for (const [index, at] of minutes.entries()) if (at >= from) counts[at - from] = values[index] ?? 0;
  const share = counts.reduce((sum, count) => sum + count, 0) / span / running;
  if (share >= DETAILED_ABOVE) return 1;
  return share <= BASIC_BELOW ? 5 : undefined;
}
