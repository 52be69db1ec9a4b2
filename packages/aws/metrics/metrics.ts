import { MINUTES_PER_DAY, type Minute, type Minutes, minuteOf } from '@evenkeel/core/quantities';
import type { DemandReading, GroupRef, GroupSnapshot, Metrics } from '@evenkeel/engine/ports';
import type { Timing } from '../time.ts';
import {
  balancerQuery,
  inServiceQuery,
  type Segment,
  segmentsOf,
  utilisationQuery,
} from './demand-queries.ts';
import { demandReadingFrom, type SegmentPoints } from './demand-reading.ts';
import { type DemandSource, demandSourceOf } from './demand-source.ts';
import { type BalancerName, type BalancerNames, guardQueries, guardReadingFrom } from './guard-reading.ts';
import type { MetricPoints, MetricQuery, MetricReader } from './metric-data.ts';
import type { MetricPeriods } from './metric-periods.ts';
import { createReadAhead, type ReadAhead } from './read-ahead.ts';
import { type RequestPoints, requestReadingFrom } from './request-reading.ts';

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
const TICK_RANGE: Minutes = 2 * MINUTES_PER_DAY;
/** Guard signals are those of the last minutes. */
const GUARD_WINDOW: Minutes = 10;
const NONE: MetricPoints = { minutes: [], values: [] };

/** A group's source and how far apart its datapoints are; undefined where it cannot be told. */
interface HowToRead {
  readonly source: DemandSource | undefined;
  readonly metricPeriod: 1 | 5 | undefined;
}
const NOT_KNOWN: HowToRead = { source: undefined, metricPeriod: undefined };

/** The port, and a word before a tick that saves calls. */
export interface CloudWatchMetrics extends Metrics {
  /** A tick of these groups begins: their demand is read together with the first one's. */
  expectTicks(refs: readonly GroupRef[]): void;
}

/** The load of groups from CloudWatch. */
export function createMetrics({ read, periods, now, group, balancers }: MetricsOptions): CloudWatchMetrics {
  const sourceOf = async (snapshot: GroupSnapshot): Promise<HowToRead> => {
    const source = demandSourceOf(snapshot);
    if (source.kind === 'requests' || !source.monitored) return { source, metricPeriod: 1 as const };
    const [metricPeriod] = await periods.of([{ ref: snapshot.ref, running: snapshot.inService }]);
    return { source, metricPeriod };
  };
  /** How to read a group's demand: as itself, or as the one that follows it where it is gone or nothing of it runs. */
  const readAs = async (
    snapshot: GroupSnapshot | undefined,
    like: GroupSnapshot | undefined,
  ): Promise<HowToRead> => {
    const own: HowToRead = snapshot ? await sourceOf(snapshot) : NOT_KNOWN;
    if (own.metricPeriod !== undefined || like === undefined) return own;
    const followed = await sourceOf(like);
    return { source: own.source ?? followed.source, metricPeriod: followed.metricPeriod };
  };
  const ahead = createReadAhead({
    read,
    alike: async (ref, { queries: [first] }) => {
      const snapshot = await group(ref);
      const { source, metricPeriod } = snapshot ? await sourceOf(snapshot) : NOT_KNOWN;
      if (source?.kind !== 'utilisation' || metricPeriod === undefined) return undefined;
      return first?.period === metricPeriod ? tickQueries(ref, source, metricPeriod) : undefined;
    },
  });

  return {
    expectTicks: (refs) => ahead.expect(refs),

    async demand(ref, from, to, like) {
      const snapshot = await group(ref);
      const how = await readAs(snapshot, like);
      const at = minuteOf(now());
      const range = { from, to: Math.max(from, Math.min(to, at)) as Minute, now: at };
      if (how.source?.kind === 'requests') {
        // The load balancer's requests are those of the group that follows: counted there.
        if (snapshot === undefined) return nothing(from);
        const names = await balancers(snapshot.targetGroups);
        return readRequests(read, { ...range, names, perInstanceMinute: how.source.perInstanceMinute });
      }
      // Read at the wrong period, demand would be five times too high or too low: rather nothing, which holds the group.
      if (how.source === undefined || how.metricPeriod === undefined) return nothing(from);
      const { source, metricPeriod } = how;
      return readUtilisation({ read, ahead }, { ...range, ref, source, metricPeriod });
    },

    async guard(ref, at) {
      const names = await balancers((await group(ref))?.targetGroups ?? []);
      if (names.length === 0) return {};
      const points = await read(guardQueries(names), (at - GUARD_WINDOW) as Minute, at);
      return guardReadingFrom(names, points);
    },
  };
}

interface Range {
  readonly from: Minute;
  readonly to: Minute;
  readonly now: Minute;
}

interface UtilisationRange extends Range {
  readonly ref: GroupRef;
  readonly source: Extract<DemandSource, { kind: 'utilisation' }>;
  readonly metricPeriod: 1 | 5;
}

interface Readers {
  readonly read: MetricReader;
  readonly ahead: ReadAhead;
}

async function readUtilisation({ read, ahead }: Readers, range: UtilisationRange): Promise<DemandReading> {
  const { ref, source, metricPeriod } = range;
  const isTick = range.to - range.from <= TICK_RANGE;
  const segments = await perSegment<SegmentPoints>(range, metricPeriod, async ({ period, from, to }) => {
    const queries = tickQueries(ref, source, period);
    const [sum = NONE, count = NONE, inService = NONE] = isTick
      ? await ahead.read({ ref, queries, from, to })
      : await read([...queries, inServiceQuery(ref, period)], from, to);
    return { period, sum, count, inService };
  });
  return demandReadingFrom({ ...range, segments });
}

/** The two series of a tick. */
function tickQueries(
  ref: GroupRef,
  source: Extract<DemandSource, { kind: 'utilisation' }>,
  period: Minutes,
): readonly MetricQuery[] {
  return [
    utilisationQuery(ref, source, { statistic: 'Sum', period }),
    utilisationQuery(ref, source, { statistic: 'SampleCount', period }),
  ];
}

interface RequestsRange extends Range {
  readonly names: readonly BalancerName[];
  readonly perInstanceMinute: number;
}

async function readRequests(read: MetricReader, range: RequestsRange): Promise<DemandReading> {
  const { names } = range;
  const segments = await perSegment<RequestPoints>(range, 1, async ({ period, ...window }) => {
    const queries = [
      ...names.map((name) => balancerQuery(name, 'RequestCount', { statistic: 'Sum', period })),
      ...names.map((name) => balancerQuery(name, 'HealthyHostCount', { statistic: 'Maximum', period })),
    ];
    const points = await read(queries, window.from, window.to);
    return { period, requests: points.slice(0, names.length), hosts: points.slice(names.length) };
  });
  return requestReadingFrom({ ...range, segments });
}

async function perSegment<Points>(
  range: Range,
  finest: 1 | 5,
  readSegment: (segment: Segment) => Promise<Points>,
): Promise<Points[]> {
  const points: Points[] = [];
  for (const segment of segmentsOf({ ...range, finest })) points.push(await readSegment(segment));
  return points;
}

function nothing(from: Minute): DemandReading {
  return {
    demand: { start: from, values: new Float64Array(0) },
    inService: new Float64Array(0),
    periodMinutes: 5,
  };
}
