import { type DemandSeries, seriesEnd, sliceSeries } from '@evenkeel/core/demand';
import type { Minute, Minutes } from '@evenkeel/core/quantities';
import { type GroupRef, type GuardReading, groupKey, type Metrics } from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

/** What the store knows of one group's load. */
export interface MemoryMetricSeries {
  readonly demand: DemandSeries;
  /** The same minutes as `demand`; without it unknown. */
  readonly inService?: Float64Array;
  readonly periodMinutes?: 1 | 5;
  readonly guard?: GuardReading;
}

export interface MemoryMetrics extends Metrics {
  set(ref: GroupRef, series: MemoryMetricSeries): void;
}

export interface MemoryMetricsOptions {
  readonly now: () => Minute;
  /** The newest minute that can be read is now - metricDelay. */
  readonly metricDelay?: Minutes;
  readonly faults?: FaultSwitch;
}

/** Metrics in memory: a whole series per group, shown only as far as it would be visible by now. */
export function createMemoryMetrics(options: MemoryMetricsOptions): MemoryMetrics {
  const groups = new Map<string, MemoryMetricSeries>();
  const faults = options.faults ?? { faults: {} };
  return {
    async demand(ref, from, to) {
      failCall(faults, 'demand', ref);
      const series = groups.get(groupKey(ref));
      const visibleEnd = options.now() - (options.metricDelay ?? 2) + 1;
      const end = Math.max(
        from,
        Math.min(to, visibleEnd, series ? seriesEnd(series.demand) : from),
      ) as Minute;
      const demand = sliceSeries(series?.demand ?? { start: from, values: new Float64Array(0) }, from, end);
      const inService = series?.inService
        ? sliceSeries({ start: series.demand.start, values: series.inService }, from, end).values
        : new Float64Array(demand.values.length).fill(Number.NaN);
      return { demand, inService, periodMinutes: series?.periodMinutes ?? 1 };
    },
    async guard(ref) {
      failCall(faults, 'guard', ref);
      return groups.get(groupKey(ref))?.guard ?? {};
    },
    set(ref, series) {
      groups.set(groupKey(ref), series);
    },
  };
}
