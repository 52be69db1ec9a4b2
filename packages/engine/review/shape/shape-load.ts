import { carriedForward, meanKnown } from '@evenkeel/core/demand';
import { MINUTES_PER_DAY, type Minute, type Minutes } from '@evenkeel/core/quantities';
import { DEFAULT_SHAPE_RULES, type InstanceType, type ShapeHistory } from '@evenkeel/core/shape';
import type { DemandReading, UsageReading } from '../../ports/index.ts';

/** Shapes are judged by the last two weeks, which hold two of every weekday. */
export const SHAPE_DAYS = 14;
export const SHAPE_MINUTES = SHAPE_DAYS * MINUTES_PER_DAY;
/** Samples of what is used besides CPU are so long. */
export const USAGE_PERIOD: Minutes = 5;

/** The load a shape has to carry. */
export interface ShapeLoad {
  /** Visible demand in instances of the present type, a value a minute, no gaps. */
  readonly demand: Float64Array;
  /** Its first minute. */
  readonly start: Minute;
  /** The same in samples of five minutes, with what was used besides CPU. */
  readonly history: ShapeHistory;
  /** Mean demand and mean instances in service of the last day, instances of the present type. */
  readonly lastDay: { readonly demand: number; readonly size: number };
}

/**
 * Demand and usage of the last two weeks up to the newest datapoint; undefined where there is less, or hardly anything of it was published.
 * Usage of the group is made usage at its mean size, so that the count of the moment is out of it.
 * @param since the present type's first minute: percent of memory from before were of another type's
 */
export function shapeLoadOf(
  { demand, inService }: DemandReading,
  usage: UsageReading | undefined,
  { present, since }: { readonly present: InstanceType; readonly since?: Minute },
): ShapeLoad | undefined {
  const first = demand.values.length - SHAPE_MINUTES;
  if (first < 0) return undefined;
  const minutes = withoutGaps(demand.values.subarray(first));
  const sizes = withoutGaps(inService.subarray(first));
  if (!minutes || !sizes) return undefined;
  const instances = Math.max(1, meanKnown(sizes));
  const perCpu = present.vcpus * (present.performance?.factor ?? 1);
  const start = (demand.start + first) as Minute;
  const size = sampled(sizes);
  const samples = size.length;
  /** What a group used as what it would at its mean size. */
  const atMeanSize = (series: Float64Array | undefined) =>
    aligned(usage, series, { start, samples })?.map(
      (value, i) => (value / Math.max(1, size[i]!)) * instances,
    );
  const memorySeries = usage?.memoryPercentMax ?? usage?.memoryPercent;
  const memory = aligned(usage, memorySeries, { start, samples, ...(since !== undefined && { since }) });
  const network = atMeanSize(usage?.networkGbps);
  const ebsThroughput = atMeanSize(usage?.ebsMbps);
  const ebsIops = atMeanSize(usage?.ebsIops);
  const history: ShapeHistory = {
    cpu: sampled(minutes).map((value) => value * perCpu),
    instances,
    ...(memory && { memory: memory.map((percent) => usedGiB(percent, present)) }),
    ...(network && { network }),
    ...(ebsThroughput && { ebsThroughput }),
    ...(ebsIops && { ebsIops }),
  };
  const ofLastDay = (series: Float64Array) => meanKnown(series.subarray(-MINUTES_PER_DAY));
  return { demand: minutes, start, history, lastDay: { demand: ofLastDay(minutes), size: ofLastDay(sizes) } };
}

/** Without the operating system's own. */
function usedGiB(percent: number, { memoryGiB }: InstanceType): number {
  return Math.max(0, (percent / 100) * memoryGiB - DEFAULT_SHAPE_RULES.systemMemoryGiB);
}

const LEAST_PUBLISHED = 0.5;

/** Gaps carried forward; undefined where more is missing than there is. */
function withoutGaps(values: Float64Array): Float64Array | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length < LEAST_PUBLISHED * values.length) return undefined;
  return carriedForward(values);
}

function sampled(minutes: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.floor(minutes.length / USAGE_PERIOD) }, (_, i) =>
    meanKnown(minutes.subarray(i * USAGE_PERIOD, (i + 1) * USAGE_PERIOD)),
  );
}

/** A usage series from `start` on, as many samples as there are of demand; undefined where most of it was never reported. */
function aligned(
  usage: UsageReading | undefined,
  series: Float64Array | undefined,
  {
    start,
    samples,
    since = start,
  }: {
    readonly start: Minute;
    readonly samples: number;
    readonly since?: Minute;
  },
): Float64Array | undefined {
  if (usage === undefined || series === undefined) return undefined;
  const values = Float64Array.from({ length: samples }, (_, i) => {
    const at = start + i * USAGE_PERIOD;
    return at < since ? Number.NaN : (series[Math.floor((at - usage.start) / usage.period)] ?? Number.NaN);
  });
  return withoutGaps(values);
}
