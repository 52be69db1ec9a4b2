import {
  GetServiceQuotaCommand,
  ListServiceQuotasCommand,
  type ServiceQuota,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { Minute } from '@evenkeel/core/quantities';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import type { MetricQuery } from '../metrics/metric-data.ts';
import { readVcpuQuota } from './vcpu-quota.ts';

const quotas = mockClient(ServiceQuotasClient);
const NOW = 29_000_002 as Minute;
const STANDARD = ['m7i.large', 'im4gn.large', 'c7g.large'];

/** A quota as AWS tells it; the metric of its use knows it by its class. */
const quota = (QuotaCode: string, Value: number, Class: string, QuotaName = Class): ServiceQuota => ({
  QuotaCode,
  QuotaName,
  Value,
  UsageMetric: {
    MetricNamespace: 'AWS/Usage',
    MetricName: 'ResourceCount',
    MetricDimensions: { Service: 'EC2', Type: 'Resource', Resource: 'vCPU', Class },
    MetricStatisticRecommendation: 'Maximum',
  },
});

/** @param used vCPUs by class, the values of the last hour */
function read(
  question: { readonly types: readonly string[]; readonly spotShare: number },
  used: Readonly<Record<string, readonly number[]>> = {},
) {
  const asked: (readonly [MetricQuery, Minute, Minute])[] = [];
  const answer = readVcpuQuota(
    new ServiceQuotasClient({ region: 'eu-west-1' }),
    async (queries, from, to) =>
      queries.map((query) => {
        asked.push([query, from, to]);
        const values = used[query.dimensions.Class ?? ''] ?? [];
        return { minutes: values.map((_, index) => (from + index) as Minute), values };
      }),
    { ...question, now: NOW },
  );
  return { answer, asked };
}

const codes = () => quotas.commandCalls(GetServiceQuotaCommand).map((each) => each.args[0].input.QuotaCode);

beforeEach(() => {
  quotas.reset();
  quotas
    .on(GetServiceQuotaCommand, { QuotaCode: 'L-34B43A08' })
    .resolves({ Quota: quota('L-34B43A08', 100, 'Standard/Spot') })
    .on(GetServiceQuotaCommand, { QuotaCode: 'L-1216C47A' })
    .resolves({ Quota: quota('L-1216C47A', 640, 'Standard/OnDemand') });
});

it('counts the vCPUs in use at their highest of the last hour, by the metric that the quota names', async () => {
  const { answer, asked } = read({ types: STANDARD, spotShare: 0 }, { 'Standard/OnDemand': [180, 200, 190] });
  expect(await answer).toMatchObject({ used: 200, allowed: 640 });
  const dimensions = { Service: 'EC2', Type: 'Resource', Resource: 'vCPU', Class: 'Standard/OnDemand' };
  expect(asked).toEqual([
    [
      { namespace: 'AWS/Usage', metric: 'ResourceCount', dimensions, statistic: 'Maximum', period: 5 },
      29_000_000 - 60,
      NOW,
    ],
  ]);
  expect(codes()[0]).toBe('L-1216C47A');
});

it.each([
  ['Spot alone', 1, { used: 90, allowed: 100 }],
  ['both: the one with less room', 0.5, { used: 90, allowed: 100 }],
  ['On-Demand alone', 0, { used: 400, allowed: 640 }],
])('is the quota of %s, as the group buys', async (_, spotShare, expected) => {
  const used = { 'Standard/OnDemand': [400], 'Standard/Spot': [90] };
  expect(await read({ types: ['m7i.large'], spotShare }, used).answer).toMatchObject(expected);
});

it.each([
  ['x2gd.large', 0, { used: 16, allowed: 64 }],
  ['x2gd.large', 1, { used: 2, allowed: 4 }],
  ['g6.xlarge', 0, { used: 8, allowed: 8 }],
  ['u7i-8tb.112xlarge', 0, { used: 0, allowed: 448 }],
])('finds the quota of %s (Spot share %d) by its name, over all pages', async (type, spotShare, expected) => {
  const first = [
    quota('L-1', 8, 'G/OnDemand', 'Running On-Demand G and VT instances'),
    quota('L-2', 448, 'HighMem/OnDemand', 'Running On-Demand High Memory instances'),
  ];
  const second = [
    quota('L-3', 4, 'X/Spot', 'All X Spot Instance Requests'),
    quota('L-4', 64, 'X/OnDemand', 'Running On-Demand X instances'),
  ];
  quotas
    .on(ListServiceQuotasCommand)
    .resolves({ Quotas: first, NextToken: 'more' })
    .on(ListServiceQuotasCommand, { NextToken: 'more' })
    .resolves({ Quotas: second });
  const used = { 'X/OnDemand': [16], 'X/Spot': [2], 'G/OnDemand': [8], 'HighMem/OnDemand': [0] };
  expect(await read({ types: [type], spotShare }, used).answer).toMatchObject(expected);
});

it('takes the tighter of two quotas where the types are of two', async () => {
  quotas
    .on(ListServiceQuotasCommand)
    .resolves({ Quotas: [quota('L-4', 64, 'X/OnDemand', 'Running On-Demand X instances')] });
  const used = { 'Standard/OnDemand': [600], 'X/OnDemand': [0] };
  const { answer } = read({ types: ['r7g.large', 'x2gd.large'], spotShare: 0 }, used);
  expect(await answer).toMatchObject({ used: 600, allowed: 640 });
});

it('does not take vCPUs for unused where CloudWatch has no figure', async () => {
  const { answer } = read({ types: ['m7i.large'], spotShare: 0 });
  await expect(answer).rejects.toMatchObject({ code: 'unavailable' });
});

it('guesses no quota where Service Quotas has none', async () => {
  quotas.on(ListServiceQuotasCommand).resolves({ Quotas: [] });
  const { answer } = read({ types: ['x2gd.large'], spotShare: 0 });
  await expect(answer).rejects.toThrow(/no vCPU quota for on-demand instances of x/);
});
