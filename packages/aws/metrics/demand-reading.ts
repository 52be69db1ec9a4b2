import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { DemandReading } from '@evenkeel/engine/ports';
import type { MetricPoints } from './metric-data.ts';

/** The series of one segment, as CloudWatch gave them. */
export interface SegmentPoints {
  readonly period: Minutes;
  /** Sum and SampleCount of CPUUtilization over the group's instances. */
  readonly sum: MetricPoints;
  readonly count: MetricPoints;
  /** GroupInServiceInstances; without points where it is not switched on or was not asked for. */
  readonly inService: MetricPoints;
}

export interface ReadingRequest {
  readonly from: Minute;
  readonly to: Minute;
  readonly now: Minute;
  readonly metricPeriod: 1 | 5;
  readonly segments: readonly SegmentPoints[];
}

const PERCENT = 100;
/** A datapoint that ended so lately may lack instances that report late. */
const SETTLING: Minutes = 3;
/** Below this share of the instances in service reporting, the datapoint says nothing of the load. */
const MUST_REPORT = 0.5;
/** So many instances more or less are a launch or a termination within the period, not missing data. */
const TOLERATED_INSTANCES = 1;

/**
 * Visible demand from the Sum of CPUUtilization (each instance gives one sample a period of its monitoring) and the instances
 * that reported from SampleCount. Where the group's own count of instances is known and fewer reported, the silent ones are taken
 * to be as busy as the others; where less than half reported there is no datapoint. Missing stays NaN, and the reading ends with
 * the newest datapoint that is over and settled.
 */
export function demandReadingFrom({ from, to, now, metricPeriod, segments }: ReadingRequest): DemandReading {
  const length = Math.max(0, to - from);
  const demand = new Float64Array(length).fill(Number.NaN);
  const inService = new Float64Array(length).fill(Number.NaN);
  let end = from;
  for (const segment of segments) {
    for (const point of pointsOf(segment, metricPeriod, now)) {
      const first = Math.max(0, point.at - from);
      const last = Math.min(length, point.at + segment.period - from);
      if (last <= first) continue;
      demand.fill(point.demand, first, last);
      inService.fill(point.reporting, first, last);
      end = Math.max(end, from + last) as Minute;
    }
  }
  return {
    demand: { start: from, values: demand.slice(0, end - from) },
    inService: inService.slice(0, end - from),
    periodMinutes: metricPeriod,
  };
}

interface DemandPoint {
  readonly at: Minute;
  readonly demand: number;
  readonly reporting: number;
}

function pointsOf(segment: SegmentPoints, metricPeriod: 1 | 5, now: Minute): readonly DemandPoint[] {
  const { period, sum, count } = segment;
  // A period coarser than the monitoring holds several samples of each instance.
  const samplesEach = Math.max(1, period / metricPeriod);
  const counts = byMinute(count);
  const groupSizes = byMinute(segment.inService);
  const points: DemandPoint[] = [];
  for (const [index, at] of sum.minutes.entries()) {
    const isOver = at + period <= now;
    const total = sum.values[index] ?? Number.NaN;
    const samples = counts.get(at) ?? Number.NaN;
    if (!isOver || !(total >= 0) || !(samples > 0)) continue;
    const reporting = samples / samplesEach;
    points.push({ at, ...corrected(total / PERCENT / samplesEach, reporting, groupSizes.get(at)) });
  }
  return settled(points, period, now);
}

/** Takes the group's own count into account where it is known; more reporting than in service are instances on their way. */
function corrected(
  demand: number,
  reporting: number,
  groupSize: number | undefined,
): Omit<DemandPoint, 'at'> {
  if (groupSize === undefined || !(groupSize > 0)) return { demand, reporting };
  if (reporting < groupSize * MUST_REPORT) return { demand: Number.NaN, reporting: Number.NaN };
  if (groupSize - reporting <= TOLERATED_INSTANCES) return { demand, reporting };
  return { demand: (demand * groupSize) / reporting, reporting: groupSize };
}

/** Leaves off the newest datapoints that fewer instances reported to than to the one before: the rest is still on its way. */
function settled(points: readonly DemandPoint[], period: Minutes, now: Minute): readonly DemandPoint[] {
  let end = points.length;
  while (end > 1) {
    const [before, newest] = [points[end - 2], points[end - 1]];
    if (!before || !newest) break;
    const isFresh = newest.at + period > now - SETTLING;
    if (!(isFresh && newest.reporting < before.reporting)) break;
    end -= 1;
  }
  return points.slice(0, end);
}

function byMinute({ minutes, values }: MetricPoints): ReadonlyMap<Minute, number> {
  return new Map(minutes.map((at, index) => [at, values[index] ?? Number.NaN]));
}
