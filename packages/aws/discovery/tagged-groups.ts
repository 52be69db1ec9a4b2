import { type AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import type { Place } from '@evenkeel/engine/events';
import type { GroupRef } from '@evenkeel/engine/ports';
import { call, pages } from '../call.ts';

const WORKLOAD_TAG = 'evenkeel:workload';
/** The most AWS gives on one page. */
const PAGE = 100;

/** The groups of a place that carry the tag, by name and in order; nothing else of them is read (S26). */
export async function taggedGroups(client: AutoScalingClient, place: Place): Promise<readonly GroupRef[]> {
  const groups = await pages(async (token) => {
    const answer = await call(
      client,
      new DescribeAutoScalingGroupsCommand({
        Filters: [{ Name: 'tag-key', Values: [WORKLOAD_TAG] }],
        IncludeInstances: false,
        MaxRecords: PAGE,
        NextToken: token,
      }),
    );
    return { items: answer.AutoScalingGroups ?? [], token: answer.NextToken };
  });
  return groups
    .filter(({ Status }) => Status === undefined)
    .flatMap(({ AutoScalingGroupName: name }) => (name === undefined ? [] : [{ ...place, name }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
