import { MINUTES_PER_HOUR, type Minute, type Minutes, minuteOf } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey } from '@evenkeel/engine/ports';
import type { Timing } from '../time.ts';
import { CPU, utilisationQuery } from './demand-queries.ts';
import type { MetricReader } from './metric-data.ts';
import { metricPeriodFrom } from './metric-period.ts';

export interface RunningGroup {
  readonly ref: GroupRef;
  /** Instances in service. */
  readonly running: number;
}

/** Measures and remembers how far apart each group's CPU datapoints are. */
export interface MetricPeriods {
  /** One answer per group; undefined where it cannot be told yet. Groups measured of late cost no call. */
  of(groups: readonly RunningGroup[]): Promise<readonly (1 | 5 | undefined)[]>;
}

export interface MetricPeriodsOptions {
  readonly read: MetricReader;
  readonly now: Timing['now'];
}

/** Monitoring changes with the launch template, a few times a year. */
const KEEP: Minutes = 6 * MINUTES_PER_HOUR;
/** Within CloudWatch's three hours for short periods, and long enough for a basic group to show its pattern. */
const LOOK_BACK: Minutes = MINUTES_PER_HOUR;
/** Datapoints of the newest minutes may be half reported. */
const SETTLED: Minutes = 3;

export function createMetricPeriods({ read, now }: MetricPeriodsOptions): MetricPeriods {
  const measured = new Map<string, { readonly at: Minute; readonly period: 1 | 5 }>();

  const measure = async (groups: readonly RunningGroup[], at: Minute): Promise<void> => {
    const queries = groups.map(({ ref }) =>
      utilisationQuery(ref, CPU, { statistic: 'SampleCount', period: 1 }),
    );
    const samples = await read(queries, (at - LOOK_BACK) as Minute, (at - SETTLED) as Minute);
    for (const [index, group] of groups.entries()) {
      const points = samples[index];
      const period = points && metricPeriodFrom(points, group.running);
      if (period !== undefined) measured.set(groupKey(group.ref), { at, period });
    }
  };

  return {
    async of(groups) {
      const at = minuteOf(now());
      const stale = groups.filter(({ ref, running }) => {
        const known = measured.get(groupKey(ref));
        return running > 0 && (known === undefined || at - known.at >= KEEP);
      });
      if (stale.length > 0) await measure(stale, at);
      return groups.map(({ ref }) => measured.get(groupKey(ref))?.period);
    },
  };
}
