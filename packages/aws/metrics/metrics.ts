import { MINUTES_PER_HOUR, type Minute, type Minutes, minuteOf } from '@evenkeel/core/quantities';
import type { DemandReading, GroupRef, GroupSnapshot, Metrics } from '@evenkeel/engine/ports';
import type { Timing } from '../time.ts';
import { cpuQuery, inServiceQuery, segmentsOf } from './demand-queries.ts';
import { demandReadingFrom, type SegmentPoints } from './demand-reading.ts';
import { type BalancerNames, guardQueries, guardReadingFrom } from './guard-reading.ts';
import type { MetricReader } from './metric-data.ts';
import type { MetricPeriods } from './metric-periods.ts';

export interface MetricsOptions {
  readonly read: MetricReader;
  readonly periods: MetricPeriods;
  readonly now: Timing['now'];
  /** The group as last read, or read now. */
  readonly group: (ref: GroupRef) => Promise<GroupSnapshot | undefined>;
  /** The load balancers before a group's target groups. */
  readonly balancers: BalancerNames;
}

/** A range up to this is a tick's: it costs two series and no more (S26). */
const TICK_RANGE: Minutes = 3 * MINUTES_PER_HOUR;
/** Guard signals are those of the last minutes. */
const GUARD_WINDOW: Minutes = 10;

/** The load of groups from CloudWatch. */
export function createMetrics({ read, periods, now, group, balancers }: MetricsOptions): Metrics {
  const periodOf = async (ref: GroupRef): Promise<1 | 5 | undefined> => {
    const snapshot = await group(ref);
    const [period] = await periods.of([{ ref, running: snapshot?.inService ?? 0 }]);
    return period;
  };

  return {
    async demand(ref, from, to) {
      const at = minuteOf(now());
      const metricPeriod = await periodOf(ref);
      // Read at the wrong period, demand would be five times too high or too low: rather nothing, which holds the group.
      if (metricPeriod === undefined) return nothing(from);
      const end = Math.max(from, Math.min(to, at)) as Minute;
      const isTick = to - from <= TICK_RANGE;
      const segments: SegmentPoints[] = [];
      for (const segment of segmentsOf({ from, to: end, now: at, finest: metricPeriod })) {
        const [sum, count, inService] = await read(
          [
            cpuQuery(ref, 'Sum', segment.period),
            cpuQuery(ref, 'SampleCount', segment.period),
            ...(isTick ? [] : [inServiceQuery(ref, segment.period)]),
          ],
          segment.from,
          segment.to,
        );
        const none = { minutes: [], values: [] };
        segments.push({
          period: segment.period,
          sum: sum ?? none,
          count: count ?? none,
          inService: inService ?? none,
        });
      }
      return demandReadingFrom({ from, to: end, now: at, metricPeriod, segments });
    },

    async guard(ref, at) {
      const names = await balancers((await group(ref))?.targetGroups ?? []);
      if (names.length === 0) return {};
      const queries = guardQueries(names);
      const points = await read(queries, (at - GUARD_WINDOW) as Minute, at);
      return guardReadingFrom(names, points);
    },
  };
}

function nothing(from: Minute): DemandReading {
  return {
    demand: { start: from, values: new Float64Array(0) },
    inService: new Float64Array(0),
    periodMinutes: 5,
  };
}
