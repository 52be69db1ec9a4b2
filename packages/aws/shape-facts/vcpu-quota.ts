import {
  GetServiceQuotaCommand,
  ListServiceQuotasCommand,
  type ServiceQuota,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { Minute, Minutes } from '@evenkeel/core/quantities';
import { call, pages } from '../call.ts';
import { AwsError } from '../errors.ts';
import type { MetricReader } from '../metrics/metric-data.ts';

type Purchase = 'on-demand' | 'spot';

export interface QuotaQuestion {
  readonly types: readonly string[];
  readonly spotShare: number;
  readonly now: Minute;
  /** How far back the most in use is looked for; an hour where it is not said. */
  readonly lookBack?: Minutes;
}

export interface VcpuQuota {
  readonly used: number;
  readonly allowed: number;
  /** As Service Quotas calls it, and its code. */
  readonly name: string;
  readonly code: string;
}

/** Quotas of the standard families (A, C, D, H, I, M, R, T, Z), by AWS's codes. */
const STANDARD: Readonly<Record<Purchase, string>> = { 'on-demand': 'L-1216C47A', spot: 'L-34B43A08' };
const STANDARD_SERIES = new Set(['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z']);
/** How the names of the other quotas call a series, where that is not its own letters. */
const CALLED: Readonly<Record<string, string>> = { gr: 'g', u: 'high' };
/** AWS/Usage is put every few minutes; an hour back there is always a figure where anything runs. */
const LOOK_BACK = 60;
const PERIOD = 5;

/**
 * vCPUs in use and allowed for these types, as the group buys them; where several quotas bear on it, the one with the least room. Rejects
 * (`unavailable`) where AWS gives no figure: no figure is not the same as nothing used.
 */
export async function readVcpuQuota(
  client: ServiceQuotasClient,
  read: MetricReader,
  { types, spotShare, now, lookBack = LOOK_BACK }: QuotaQuestion,
): Promise<VcpuQuota> {
  const purchases: Purchase[] = [
    ...(spotShare < 1 ? (['on-demand'] as const) : []),
    ...(spotShare > 0 ? (['spot'] as const) : []),
  ];
  const found = new Map<string, VcpuQuota>();
  for (const series of new Set(types.map(seriesOf))) {
    for (const purchase of purchases) {
      const quota = await readQuota(client, series, purchase);
      const key = quota.QuotaCode ?? quota.QuotaName ?? '';
      if (found.has(key)) continue;
      const { Value: allowed = 0, QuotaName: name = '', QuotaCode: code = '' } = quota;
      found.set(key, { used: await readUsed(read, quota, { now, lookBack }), allowed, name, code });
    }
  }
  const tightest = [...found.values()].sort((a, b) => a.allowed - a.used - (b.allowed - b.used))[0];
  return tightest ?? { used: 0, allowed: 0, name: '', code: '' };
}

/** `m` of `m7g.large`, `im` of `im4gn.large`, `u` of `u7i-8tb.112xlarge`. */
function seriesOf(type: string): string {
  return /^[a-z]+/.exec(type)?.[0] ?? type;
}

async function readQuota(
  client: ServiceQuotasClient,
  series: string,
  purchase: Purchase,
): Promise<ServiceQuota> {
  const quota = STANDARD_SERIES.has(series)
    ? (await call(client, new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: STANDARD[purchase] })))
        .Quota
    : (await allQuotas(client)).find(({ QuotaName: name }) => isQuotaOf(name ?? '', series, purchase));
  if (quota?.Value !== undefined) return quota;
  throw noFigure(`Service Quotas gave no vCPU quota for ${purchase} instances of ${series}`);
}

async function allQuotas(client: ServiceQuotasClient): Promise<readonly ServiceQuota[]> {
  return pages(async (NextToken) => {
    const command = new ListServiceQuotasCommand({ ServiceCode: 'ec2', MaxResults: 100, NextToken });
    const { Quotas: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
}

/** `Running On-Demand X instances`, `All G and VT Spot Instance Requests`. */
function isQuotaOf(name: string, series: string, purchase: Purchase): boolean {
  const pattern =
    purchase === 'spot' ? /^All (.+) Spot Instance Requests$/ : /^Running On-Demand (.+) instances$/;
  const kind = pattern.exec(name)?.[1] ?? '';
  const words = kind.toLowerCase().split(/[^a-z]+/);
  return words.includes(CALLED[series] ?? series);
}

/** The most of that time: an instance that goes now may come back. */
async function readUsed(
  read: MetricReader,
  { UsageMetric: usage }: ServiceQuota,
  { now, lookBack }: { readonly now: Minute; readonly lookBack: Minutes },
) {
  if (usage?.MetricNamespace === undefined || usage.MetricName === undefined) {
    throw noFigure('Service Quotas names no metric of the vCPUs in use');
  }
  const query = {
    namespace: usage.MetricNamespace,
    metric: usage.MetricName,
    dimensions: usage.MetricDimensions ?? {},
    statistic: usage.MetricStatisticRecommendation ?? 'Maximum',
    period: PERIOD,
  };
  const from = (now - (now % PERIOD) - lookBack) as Minute;
  const [points] = await read([query], from, now);
  if (points === undefined || points.values.length === 0) {
    throw noFigure(
      `CloudWatch has no figure of the vCPUs in use (${Object.values(query.dimensions).join(' ')})`,
    );
  }
  return points.values.reduce((most, value) => Math.max(most, value), 0);
}

function noFigure(what: string): AwsError {
  return new AwsError({ meaning: 'unavailable', awsCode: 'NoQuota', message: `${what}; it is read again` });
}
