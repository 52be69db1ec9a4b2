import { type CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import { createCache } from '../cache.ts';
import { call, pages } from '../call.ts';
import type { Timing } from '../time.ts';
import { type BalancerName, type BalancerNames, targetGroupName } from './guard-reading.ts';

/**
 * Finds the load balancer before each target group in CloudWatch's own list of metrics (those active in the last two weeks), so
 * that no permission on load balancers is needed. Remembered for a day.
 */
export function createBalancerNames(client: CloudWatchClient, now: Timing['now']): BalancerNames {
  const cache = createCache<readonly BalancerName[]>({ keepFor: MINUTES_PER_DAY, now });

  const find = async (TargetGroup: string): Promise<readonly BalancerName[]> => {
    const metrics = await pages(async (NextToken) => {
      const command = new ListMetricsCommand({
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'RequestCount',
        Dimensions: [{ Name: 'TargetGroup', Value: TargetGroup }],
        NextToken,
      });
      const { Metrics: items = [], NextToken: token } = await call(client, command);
      return { items, token };
    });
    const balancers = metrics.flatMap(({ Dimensions: dimensions = [] }) =>
      dimensions.flatMap(({ Name, Value }) =>
        Name === 'LoadBalancer' && Value !== undefined ? [Value] : [],
      ),
    );
    return [...new Set(balancers)].map((LoadBalancer) => ({ TargetGroup, LoadBalancer }));
  };

  return async (arns) => {
    const found = await Promise.all(
      arns.map((arn) => cache.get(targetGroupName(arn), () => find(targetGroupName(arn)))),
    );
    return found.flat();
  };
}
