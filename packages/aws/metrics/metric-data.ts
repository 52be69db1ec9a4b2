import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Minute, Minutes } from '@evenkeel/core/quantities';
import { call, inBatches } from '../call.ts';
import { AwsError } from '../errors.ts';
import { dateOf, minuteOfDate } from '../time.ts';

/** One series of datapoints to ask for. */
export interface MetricQuery {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly period: Minutes;
}

/** Datapoints in order of time; `minutes[i]` is the first minute of the period of `values[i]`. */
export interface MetricPoints {
  readonly minutes: readonly Minute[];
  readonly values: readonly number[];
}

/** Reads series of the minutes `from` (inclusive) to `to` (exclusive), one result per query, in their order. */
export type MetricReader = (
  queries: readonly MetricQuery[],
  from: Minute,
  to: Minute,
) => Promise<MetricPoints[]>;

/** What one call takes. */
export const MAX_QUERIES = 500;
/** Tries of a query that CloudWatch answers with InternalError or leaves half read, the first included. */
const TRIES = 3;
const SECONDS_PER_MINUTE = 60;

/**
 * GetMetricData: full batches, every page. A result that is not complete is asked for again and in the end rejects: a hole that
 * CloudWatch's own trouble made must not be taken for a gap in the load.
 */
export function createMetricReader(client: CloudWatchClient): MetricReader {
  return async (queries, from, to) => {
    if (to <= from) return queries.map(() => ({ minutes: [], values: [] }));
    const points: MetricPoints[] = [];
    for (const batch of inBatches(queries, MAX_QUERIES)) {
      points.push(...(await readBatch(client, batch, { from, to })));
    }
    return points;
  };
}

interface Window {
  readonly from: Minute;
  readonly to: Minute;
}

async function readBatch(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  window: Window,
): Promise<MetricPoints[]> {
  const complete = new Map<string, MetricPoints>();
  let left = queries.map((query, index) => ({ id: `q${index}`, query }));
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const results = await readPages(client, left, window);
    for (const { id } of left) {
      const series = results.get(id);
      if (series?.status === 'Forbidden') throw forbidden();
      if (series?.status === 'Complete') complete.set(id, inOrder(series));
    }
    left = left.filter(({ id }) => !complete.has(id));
    if (left.length > 0 && attempt === TRIES) throw incomplete(left.length, queries.length);
  }
  return queries.map((_, index) => complete.get(`q${index}`) ?? { minutes: [], values: [] });
}

interface ReadSeries {
  readonly points: Map<Minute, number>;
  status: string | undefined;
}

async function readPages(
  client: CloudWatchClient,
  queries: readonly { readonly id: string; readonly query: MetricQuery }[],
  { from, to }: Window,
): Promise<Map<string, ReadSeries>> {
  const results = new Map<string, ReadSeries>();
  let NextToken: string | undefined;
  do {
    const command = new GetMetricDataCommand({
      MetricDataQueries: queries.map(({ id, query }) => ({ Id: id, MetricStat: metricStat(query) })),
      StartTime: dateOf(from),
      EndTime: dateOf(to),
      ScanBy: 'TimestampAscending',
      NextToken,
    });
    const page = await call(client, command);
    for (const result of page.MetricDataResults ?? []) collect(results, result);
    NextToken = page.NextToken;
  } while (NextToken);
  return results;
}

/** A series may come in parts, one a page; the last part's status is that of the whole. */
function collect(results: Map<string, ReadSeries>, result: MetricDataResult): void {
  const id = result.Id ?? '';
  const series = results.get(id) ?? { points: new Map<Minute, number>(), status: undefined };
  for (const [index, timestamp] of (result.Timestamps ?? []).entries()) {
    const value = result.Values?.[index];
    if (value !== undefined) series.points.set(minuteOfDate(timestamp), value);
  }
  series.status = result.StatusCode;
  results.set(id, series);
}

function inOrder({ points }: ReadSeries): MetricPoints {
  const minutes = [...points.keys()].sort((a, b) => a - b);
  return { minutes, values: minutes.map((at) => points.get(at) ?? Number.NaN) };
}

function metricStat({ namespace, metric, dimensions, statistic, period }: MetricQuery) {
  return {
    Metric: {
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Stat: statistic,
    Period: period * SECONDS_PER_MINUTE,
  };
}

function forbidden(): AwsError {
  const permission = 'cloudwatch:GetMetricData';
  return new AwsError({
    meaning: 'denied',
    awsCode: 'Forbidden',
    permission,
    message: `AWS denies ${permission} for some of the metrics; add it to the policy of the role or user in use`,
  });
}

function incomplete(left: number, all: number): AwsError {
  return new AwsError({
    meaning: 'unavailable',
    awsCode: 'PartialData',
    message: `cloudwatch:GetMetricData gave ${left} of ${all} series incomplete in ${TRIES} tries; they are read again at the next tick`,
  });
}
