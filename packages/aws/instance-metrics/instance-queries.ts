import { type CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import type { Minutes } from '@evenkeel/core/quantities';
import type { GroupRef } from '@evenkeel/engine/ports';
import { call, pages } from '../call.ts';
import type { MetricQuery } from '../metrics/metric-data.ts';

/** The series of an instance, in this order. */
export const SERIES = ['cpu', 'memory', 'failedChecks'] as const;

/** The dimensions under which the agent of an instance reports, by the instance's id. */
export type AgentDimensions = ReadonlyMap<string, Readonly<Record<string, string>>>;

const AGENT = { namespace: 'CWAgent', metric: 'mem_used_percent' } as const;

/**
 * What an instance is asked for. CPU and status checks are AWS's own; memory is there where the CloudWatch agent runs, under the dimensions it
 * was told to add, or under the instance's id alone.
 */
export function instanceQueries(
  id: string,
  { period, agents }: { readonly period: Minutes; readonly agents: AgentDimensions },
): readonly MetricQuery[] {
  const own = { InstanceId: id };
  const ec2 = { namespace: 'AWS/EC2', dimensions: own, statistic: 'Average', period };
  return [
    { ...ec2, metric: 'CPUUtilization' },
    { ...AGENT, dimensions: agents.get(id) ?? own, statistic: 'Average', period },
    { ...ec2, metric: 'StatusCheckFailed' },
  ];
}

/** Finds what the agents of a group's instances add to their metrics; the fewest dimensions where one reports under several. */
export async function readAgents(client: CloudWatchClient, ref: GroupRef): Promise<AgentDimensions> {
  const metrics = await pages(async (NextToken) => {
    const command = new ListMetricsCommand({
      Namespace: AGENT.namespace,
      MetricName: AGENT.metric,
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: ref.name }],
      RecentlyActive: 'PT3H',
      NextToken,
    });
    const { Metrics: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
  const found = new Map<string, Readonly<Record<string, string>>>();
  for (const { Dimensions: dimensions = [] } of metrics) {
    const set = Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
    const id = set.InstanceId;
    if (id === undefined) continue;
    const known = found.get(id);
    if (!known || Object.keys(set).length < Object.keys(known).length) found.set(id, set);
  }
  return found;
}
