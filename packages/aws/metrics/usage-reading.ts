import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { GroupRef, UsageReading } from '@evenkeel/engine/ports';
import type { MetricPoints, MetricQuery } from './metric-data.ts';

const EC2 = 'AWS/EC2';
const SERIES = {
  memoryMean: ['CWAgent', 'mem_used_percent', 'Average'],
  memoryMax: ['CWAgent', 'mem_used_percent', 'Maximum'],
  networkIn: [EC2, 'NetworkIn', 'Sum'],
  networkOut: [EC2, 'NetworkOut', 'Sum'],
  readBytes: [EC2, 'EBSReadBytes', 'Sum'],
  writeBytes: [EC2, 'EBSWriteBytes', 'Sum'],
  readOps: [EC2, 'EBSReadOps', 'Sum'],
  writeOps: [EC2, 'EBSWriteOps', 'Sum'],
  creditBalance: [EC2, 'CPUCreditBalance', 'Minimum'],
  surplusCharged: [EC2, 'CPUSurplusCreditsCharged', 'Sum'],
} as const;

type SeriesName = keyof typeof SERIES;
const NAMES = Object.keys(SERIES) as SeriesName[];
const SECONDS_PER_MINUTE = 60;
const BITS_PER_BYTE = 8;

/** The ten series of a group, in the order usageReadingFrom expects; read when a shape is reviewed, not at a tick. */
export function usageQueries(ref: GroupRef, period: Minutes): readonly MetricQuery[] {
  return NAMES.map((name) => {
    const [namespace, metric, statistic] = SERIES[name];
    return { namespace, metric, statistic, period, dimensions: { AutoScalingGroupName: ref.name } };
  });
}

export interface UsageRequest {
  readonly from: Minute;
  readonly to: Minute;
  readonly period: Minutes;
  /** One for each query. */
  readonly points: readonly MetricPoints[];
}

/** Puts the series together, in units that do not depend on the period. */
export function usageReadingFrom({ from, to, period, points }: UsageRequest): UsageReading {
  const length = Math.max(0, Math.ceil((to - from) / period));
  const series = Object.fromEntries(
    NAMES.map((name, index) => [name, evenly(points[index], { from, period, length })]),
  ) as Record<SeriesName, Float64Array | undefined>;
  const seconds = period * SECONDS_PER_MINUTE;
  const larger = combine(series.networkIn, series.networkOut, Math.max);
  const bytes = combine(series.readBytes, series.writeBytes, (a, b) => a + b);
  const ops = combine(series.readOps, series.writeOps, (a, b) => a + b);
  const fields = {
    memoryPercent: series.memoryMean,
    memoryPercentMax: series.memoryMax,
    networkGbps: larger?.map((each) => (each * BITS_PER_BYTE) / seconds / 1e9),
    ebsMbps: bytes?.map((each) => (each * BITS_PER_BYTE) / seconds / 1e6),
    ebsIops: ops?.map((each) => each / seconds),
    creditBalanceMin: series.creditBalance,
    surplusCreditsCharged: series.surplusCharged,
  };
  const present = Object.entries(fields).filter(([, values]) => values !== undefined);
  return { start: from, period, ...Object.fromEntries(present) };
}

function evenly(
  points: MetricPoints | undefined,
  { from, period, length }: { readonly from: Minute; readonly period: Minutes; readonly length: number },
): Float64Array | undefined {
  if (points === undefined || points.minutes.length === 0) return undefined;
  const values = new Float64Array(length).fill(Number.NaN);
  for (const [index, at] of points.minutes.entries()) {
    const slot = Math.floor((at - from) / period);
    if (slot >= 0 && slot < length) values[slot] = points.values[index] ?? Number.NaN;
  }
  return values;
}

/** Both are reported together or not at all; one alone counts as it is. */
function combine(
  one: Float64Array | undefined,
  other: Float64Array | undefined,
  how: (a: number, b: number) => number,
): Float64Array | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.map((value, index) => how(value, other[index] ?? Number.NaN));
}
