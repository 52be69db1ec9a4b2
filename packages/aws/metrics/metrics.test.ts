import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { scalingPolicyFrom } from '../groups/scaling-policy.ts';
import type { MetricQuery } from './metric-data.ts';
import { createMetrics } from './metrics.ts';

const NOW = 29_000_000 as Minute;
const REF = { account: '1', region: 'eu-west-1', name: 'web' };
const NAME = { TargetGroup: 'targetgroup/web/50dc', LoadBalancer: 'app/shop/73e2' };
const REQUEST_POLICY = scalingPolicyFrom({
  PolicyName: 'requests',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: {
    PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' },
    TargetValue: 700,
  },
});

/** The port over a reader that answers every query with one datapoint ten minutes ago, and notes what was asked. */
function port(options: { tags?: object; period?: 1 | 5 | undefined; exists?: boolean } = {}) {
  const asked: MetricQuery[] = [];
  const calls: number[] = [];
  const metrics = createMetrics({
    read: async (queries) => {
      asked.push(...queries);
      calls.push(queries.length);
      return queries.map(() => ({ minutes: [(NOW - 10) as Minute], values: [100] }));
    },
    periods: { of: async () => ['period' in options ? options.period : 1] },
    now: () => (NOW * 60_000) as never,
    group: async (ref) =>
      options.exists === false
        ? undefined
        : ({
            ref,
            inService: 4,
            tags: { 'evenkeel:workload': 'shop', ...options.tags },
            policies: [REQUEST_POLICY],
            targetGroups: ['arn'],
          } as never),
    balancers: async (arns) => arns.map(() => NAME),
  });
  return { metrics, asked, calls };
}

const hourAgo = (NOW - 60) as Minute;

describe('Metrics on CloudWatch', () => {
  it('S26: a tick asks for two series of a group, a review also for the group metrics', async () => {
    const { metrics, asked } = port();
    await metrics.demand(REF, hourAgo, NOW);
    expect(asked.map((query) => `${query.metric} ${query.statistic}`)).toEqual([
      'CPUUtilization Sum',
      'CPUUtilization SampleCount',
    ]);
    asked.length = 0;
    await metrics.demand(REF, (NOW - 14 * 1440) as Minute, NOW);
    expect(asked.map((query) => query.metric)).toEqual([
      'CPUUtilization',
      'CPUUtilization',
      'GroupInServiceInstances',
    ]);
  });

  it('S26: reads the demand of all groups of a tick in one call', async () => {
    const { metrics, calls } = port();
    const names = ['a', 'b', 'c'].map((name) => ({ ...REF, name }));
    metrics.expectTicks(names);
    for (const ref of names) expect((await metrics.demand(ref, hourAgo, NOW)).demand.values.at(-1)).toBe(1);
    expect(calls).toEqual([6]);
  });

  it('asks at the period of the monitoring', async () => {
    const { metrics, asked } = port({ period: 5 });
    expect((await metrics.demand(REF, hourAgo, NOW)).periodMinutes).toBe(5);
    expect(asked.map((query) => query.period)).toEqual([5, 5]);
  });

  it('S6: gives nothing, which holds, while the period is unclear and where the group is gone', async () => {
    for (const { metrics, asked } of [port({ period: undefined }), port({ exists: false })]) {
      expect((await metrics.demand(REF, hourAgo, NOW)).demand.values).toHaveLength(0);
      expect(asked).toEqual([]);
    }
  });

  it('S17: reads a group that is gone as the one that follows it is read', async () => {
    const { metrics, asked } = port({ exists: false });
    const like = {
      ref: { ...REF, name: 'blue' },
      inService: 4,
      tags: { 'evenkeel:workload': 'shop' },
      policies: [],
    };
    const { demand } = await metrics.demand(REF, hourAgo, NOW, like as never);
    expect(demand.values.at(-1)).toBe(1);
    expect(asked[0]?.dimensions).toEqual({ AutoScalingGroupName: 'web' });
  });

  it('reads a custom metric by the name of the group', async () => {
    const { metrics, asked } = port({ tags: { 'evenkeel:metric': 'custom:Shop/Busy' }, period: undefined });
    const { demand } = await metrics.demand(REF, hourAgo, NOW);
    expect(demand.values.at(-1)).toBe(1);
    expect(asked[0]).toMatchObject({
      namespace: 'Shop',
      metric: 'Busy',
      dimensions: { AutoScalingGroupName: 'web' },
    });
  });

  it('reads requests at the load balancer, with its hosts to tell silence from loss', async () => {
    const { metrics, asked } = port({ tags: { 'evenkeel:metric': 'requests' } });
    const { demand } = await metrics.demand(REF, hourAgo, NOW);
    expect(demand.values.at(-1)).toBeCloseTo(0.1, 9);
    expect(asked.map((query) => query.metric)).toEqual(['RequestCount', 'HealthyHostCount']);
    expect(asked[0]?.dimensions).toEqual(NAME);
  });

  it('reads guard signals of the last ten minutes, and none without a load balancer', async () => {
    const { metrics, asked } = port();
    expect(await metrics.guard(REF, NOW)).toEqual({
      errorShare: 1,
      latencySeconds: 100,
      unhealthyHosts: 100,
    });
    expect(asked).toHaveLength(4);
    expect(await port({ exists: false }).metrics.guard(REF, NOW)).toEqual({});
  });
});
