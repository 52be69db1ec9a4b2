import {
  type AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  type DescribeAutoScalingGroupsCommandInput,
} from '@aws-sdk/client-auto-scaling';
import type { Place } from '@evenkeel/core/explain';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { GroupRef } from '@evenkeel/engine/ports';
import { call, inBatches, pages } from '../call.ts';

/** The most AWS gives on one page, and the most names it takes. */
const PAGE = 100;

/** A group in short. */
export interface FoundGroup {
  readonly ref: GroupRef;
  /** The value of its tag; absent where it has none. */
  readonly workload?: string;
  readonly minSize: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** The groups of a place that carry the tag, in order of name; nothing else of them is read (S26). */
export async function taggedGroups(client: AutoScalingClient, place: Place): Promise<readonly FoundGroup[]> {
  const found = await find(client, place, { Filters: [{ Name: 'tag-key', Values: [WORKLOAD_TAG] }] });
  return found.sort((a, b) => (a.ref.name < b.ref.name ? -1 : 1));
}

/** Those of the named groups that exist, with or without the tag. */
export async function namedGroups(
  client: AutoScalingClient,
  place: Place,
  names: readonly string[],
): Promise<readonly FoundGroup[]> {
  const found: FoundGroup[] = [];
  for (const some of inBatches(names, PAGE)) {
    found.push(...(await find(client, place, { AutoScalingGroupNames: some })));
  }
  return found;
}

async function find(
  client: AutoScalingClient,
  place: Place,
  which: Pick<DescribeAutoScalingGroupsCommandInput, 'Filters' | 'AutoScalingGroupNames'>,
): Promise<FoundGroup[]> {
  const groups = await pages(async (token) => {
    const input = { ...which, IncludeInstances: false, MaxRecords: PAGE, NextToken: token };
    const answer = await call(client, new DescribeAutoScalingGroupsCommand(input));
    return { items: answer.AutoScalingGroups ?? [], token: answer.NextToken };
  });
  return groups.filter(({ Status }) => Status === undefined).flatMap((group) => foundGroup(place, group));
}

function foundGroup(place: Place, group: AutoScalingGroup): readonly FoundGroup[] {
  const { AutoScalingGroupName: name, MinSize: minSize, Tags: tags = [] } = group;
  if (name === undefined || minSize === undefined) return [];
  const workload = tags.find(({ Key }) => Key === WORKLOAD_TAG)?.Value;
  const all = Object.fromEntries(
    tags.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])),
  );
  return [{ ref: { ...place, name }, minSize, tags: all, ...(workload !== undefined && { workload }) }];
}
