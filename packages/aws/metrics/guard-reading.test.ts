import { describe, expect, it } from 'vitest';
import { guardQueries, guardReadingFrom, targetGroupName } from './guard-reading.ts';

const WEB = { TargetGroup: 'targetgroup/web/50dc', LoadBalancer: 'app/shop/73e2' };
const API = { TargetGroup: 'targetgroup/api/50dd', LoadBalancer: 'app/shop/73e2' };
const points = (...values: number[]) => ({ minutes: values.map((_, index) => index as never), values });

describe('guard signals of a load balancer', () => {
  it('names a target group by the last part of its ARN', () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/50dc';
    expect(targetGroupName(arn)).toBe(WEB.TargetGroup);
  });

  it('asks for four series a target group', () => {
    const queries = guardQueries([WEB, API]);
    expect(queries).toHaveLength(8);
    expect(queries[5]).toMatchObject({
      namespace: 'AWS/ApplicationELB',
      metric: 'HTTPCode_Target_5XX_Count',
      dimensions: API,
    });
  });

  it('pools errors, takes the slowest latency and adds unhealthy hosts up', () => {
    const reading = guardReadingFrom(
      [WEB, API],
      [
        points(60, 40),
        points(10),
        points(0.1, 0.3),
        points(5, 1),
        points(100),
        points(),
        points(0.5),
        points(2),
      ],
    );
    expect(reading).toEqual({ errorShare: 10 / 200, latencySeconds: 0.5, unhealthyHosts: 3 });
  });

  it('leaves out what was not reported: silence is not zero errors', () => {
    expect(guardReadingFrom([WEB], [points(), points(), points(), points(0)])).toEqual({ unhealthyHosts: 0 });
    expect(guardReadingFrom([], [])).toEqual({});
  });
});
