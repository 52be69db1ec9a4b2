import { groups, inRegions, type Names, roleArn, type Statement } from './statement.ts';

const NO_RESOURCE_LEVEL = 'AWS has no resource-level permission for it';

/** What may be read of groups; EC2 Auto Scaling's Describe calls know no resources. */
export function readGroups(names: Names): Statement {
  return {
    why: 'reads the groups, their policies, scheduled actions, refreshes and activities',
    actions: [
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeAutoScalingInstances',
      'autoscaling:DescribeInstanceRefreshes',
      'autoscaling:DescribePolicies',
      'autoscaling:DescribeScalingActivities',
      'autoscaling:DescribeScheduledActions',
    ],
    resources: ['*'],
    conditions: [inRegions(names)],
    wildcard: NO_RESOURCE_LEVEL,
  };
}

export function findGroups(names: Names): Statement {
  return {
    why: 'finds the groups that carry the tag',
    actions: ['autoscaling:DescribeAutoScalingGroups'],
    resources: ['*'],
    conditions: [inRegions(names)],
    wildcard: NO_RESOURCE_LEVEL,
  };
}

export function readMetrics(names: Names): Statement {
  return {
    why: 'reads demand and the signs that falling demand is no good news',
    actions: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
    resources: ['*'],
    conditions: [inRegions(names)],
    wildcard: NO_RESOURCE_LEVEL,
  };
}

/** The pictures under messages need demand and nothing else. */
export function drawCharts(names: Names): Statement {
  return {
    why: 'reads the demand that is drawn under messages',
    actions: ['cloudwatch:GetMetricData'],
    resources: ['*'],
    conditions: [inRegions(names)],
    wildcard: NO_RESOURCE_LEVEL,
  };
}

/** What others do to groups: their changes, and deployments under way (S12 to S14). */
export function readOtherHands(names: Names): readonly Statement[] {
  return [
    {
      why: 'reads who changed a group, where the account has a trail',
      actions: ['cloudtrail:LookupEvents'],
      resources: ['*'],
      conditions: [inRegions(names)],
      wildcard: NO_RESOURCE_LEVEL,
    },
    {
      why: 'sees whether the stack that owns a group is being updated',
      actions: ['cloudformation:DescribeStacks'],
      resources: [`arn:aws:cloudformation:*:${names.account}:stack/*/*`],
      conditions: [inRegions(names)],
    },
    {
      why: 'sees whether CodeDeploy is deploying to a group',
      actions: [
        'codedeploy:BatchGetDeploymentGroups',
        'codedeploy:BatchGetDeployments',
        'codedeploy:ListDeployments',
      ],
      resources: [`arn:aws:codedeploy:*:${names.account}:deploymentgroup:*/*`],
      conditions: [inRegions(names)],
    },
  ];
}

/** The one verb for capacity (SAFETY: floors); only on groups that carry the tag (S25). */
export function writeFloors(names: Names): Statement {
  return {
    why: 'puts and takes away its own scheduled actions',
    actions: ['autoscaling:BatchDeleteScheduledAction', 'autoscaling:BatchPutScheduledUpdateGroupAction'],
    ...groups(names, 'tagged'),
  };
}

/** What every function needs that decides on groups: it reads them, their demand and what others do to them, and writes floors. */
export function steerGroups(names: Names): readonly Statement[] {
  return [readGroups(names), readMetrics(names), ...readOtherHands(names), writeFloors(names)];
}

/** Tuning a target: the lease must stand first, then the policy is put (S8). */
export function leaseTargets(names: Names): readonly Statement[] {
  return [
    {
      why: "sends the group's own target-tracking policy back with another target",
      actions: ['autoscaling:PutScalingPolicy'],
      ...groups(names, 'tagged'),
    },
    ...keepLeases(names),
  ];
}

/** The leases alone: one-offs of EventBridge Scheduler that give the owner's policy back. */
export function keepLeases(names: Names): readonly Statement[] {
  return [
    {
      why: "keeps the one-off that gives the owner's target back by itself",
      actions: [
        'scheduler:CreateSchedule',
        'scheduler:DeleteSchedule',
        'scheduler:GetSchedule',
        'scheduler:UpdateSchedule',
      ],
      resources: [`arn:aws:scheduler:*:${names.account}:schedule/default/evenkeel-lease-*`],
      conditions: [inRegions(names)],
    },
    {
      why: 'hands the lease role, which can do nothing but put a scaling policy, to EventBridge Scheduler',
      actions: ['iam:PassRole'],
      resources: [roleArn(names, 'lease')],
      conditions: [
        { test: 'StringEquals', variable: 'iam:PassedToService', values: ['scheduler.amazonaws.com'] },
      ],
    },
  ];
}

/** What the lease itself does when it is due. A group may have lost its tag by then and must get its target back all the same. */
export function giveTargetBack(names: Names): Statement {
  const { resources } = groups(names, 'tagged');
  return {
    why: "puts the owner's scaling policy back when a lease is due, also on a group whose tag is gone",
    actions: ['autoscaling:PutScalingPolicy'],
    resources,
    conditions: [inRegions(names)],
  };
}
