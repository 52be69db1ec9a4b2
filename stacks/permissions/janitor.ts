import { findGroups, keepLeases } from './capacity.ts';
import { groups, inRegions, type Names, type Statement } from './statement.ts';

/**
 * What takes Evenkeel's things off groups whose tag is gone (S16): it can delete scheduled actions of groups that do NOT carry the tag, make
 * leases due or end them, and nothing else.
 */
export function janitor(names: Names): readonly Statement[] {
  return [
    findGroups(names),
    {
      why: 'sees which scheduled actions of Evenkeel are left on a group that lost its tag, and whether the policy it tuned still stands',
      actions: ['autoscaling:DescribePolicies', 'autoscaling:DescribeScheduledActions'],
      resources: ['*'],
      conditions: [inRegions(names)],
      wildcard: 'AWS has no resource-level permission for it',
    },
    {
      why: 'takes its own scheduled actions off groups that do not carry the tag',
      actions: ['autoscaling:BatchDeleteScheduledAction'],
      ...groups(names, 'untagged'),
    },
    ...keepLeases(names),
  ];
}
