import type { Mode } from '@evenkeel/core/workload';

/** What Evenkeel needs to be allowed for one of the things it does. */
export interface Need {
  readonly what: string;
  readonly actions: readonly string[];
  /** The modes that need it. */
  readonly modes: readonly Mode[];
  /** What happens without it. */
  readonly without: string;
}

const WATCHING: readonly Mode[] = ['observe', 'recommend', 'approve', 'auto'];
const WRITING: readonly Mode[] = ['approve', 'auto'];

/** The needs of a process that runs with these credentials, in the order of the modes; a deployed Evenkeel has roles of its own. */
export const NEEDS: readonly Need[] = [
  {
    what: 'reading groups',
    actions: [
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeInstanceRefreshes',
      'autoscaling:DescribePolicies',
      'autoscaling:DescribeScalingActivities',
      'autoscaling:DescribeScheduledActions',
    ],
    modes: WATCHING,
    without: 'no group can be looked after',
  },
  {
    what: 'reading metrics',
    actions: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
    modes: WATCHING,
    without: 'demand is not known, and nothing is planned',
  },
  {
    what: 'other hands',
    actions: [
      'cloudtrail:LookupEvents',
      'cloudformation:DescribeStacks',
      'codedeploy:BatchGetDeploymentGroups',
      'codedeploy:BatchGetDeployments',
      'codedeploy:ListDeployments',
    ],
    modes: WATCHING,
    without: 'changes of others and deployments are seen late, or not told by name',
  },
  {
    what: 'floors',
    actions: ['autoscaling:BatchDeleteScheduledAction', 'autoscaling:BatchPutScheduledUpdateGroupAction'],
    modes: WRITING,
    without: 'no floor can be written or taken back',
  },
  {
    what: 'targets',
    actions: [
      'autoscaling:PutScalingPolicy',
      'scheduler:CreateSchedule',
      'scheduler:DeleteSchedule',
      'scheduler:GetSchedule',
      'scheduler:UpdateSchedule',
      'iam:PassRole',
    ],
    modes: WRITING,
    without: 'no target is tuned, where most of the saving is',
  },
];

/** Whose permissions, and to what. */
export interface PermissionPlace {
  readonly account: string;
  readonly region: string;
  /** The role EventBridge Scheduler takes, by ARN; absent where none is named yet. */
  readonly leaseRole: string | undefined;
}

/** One statement of an IAM policy. */
export interface PolicyStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The actions of all needs by the resource to ask with: policies that name resources say no to `*`. */
export function questions(
  { account, region, leaseRole }: PermissionPlace,
  group: string,
): readonly { readonly actions: readonly string[]; readonly resource: string }[] {
  const resources: Readonly<Record<string, string>> = {
    schedule: `arn:aws:scheduler:${region}:${account}:schedule/default/evenkeel-lease-any`,
    role: leaseRole ?? '',
    group: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:00000000-0000-0000-0000-000000000000:autoScalingGroupName/${group}`,
    any: '*',
  };
  const all = NEEDS.flatMap(({ actions }) => actions);
  // Without a lease role there is nothing to pass: that no target is tuned then is said elsewhere.
  const asked = leaseRole === undefined ? all.filter((action) => action !== 'iam:PassRole') : all;
  const kinds = Map.groupBy(asked, kindOf);
  return [...kinds].map(([kind, actions]) => ({ actions, resource: resources[kind] ?? '*' }));
}

function kindOf(action: string): 'schedule' | 'role' | 'group' | 'any' {
  if (action === 'iam:PassRole') return 'role';
  if (action.startsWith('scheduler:')) return 'schedule';
  const isWrite = action.startsWith('autoscaling:') && !action.startsWith('autoscaling:Describe');
  return isWrite ? 'group' : 'any';
}

/** The statements that allow what is missing, as narrow as AWS lets them be. */
export function statementsFor(missing: readonly string[], of: PermissionPlace): readonly PolicyStatement[] {
  const scopes = Map.groupBy(missing, (action) => JSON.stringify(scopeOf(action, of)));
  return [...scopes].map(([scope, Action]) => {
    const { Resource, ...condition } = JSON.parse(scope) as Pick<PolicyStatement, 'Resource' | 'Condition'>;
    return { Effect: 'Allow', Action, Resource, ...condition };
  });
}

/** Where an action need be allowed only. Reading calls of EC2 Auto Scaling, CloudWatch and CloudTrail know no resources. */
function scopeOf(
  action: string,
  { account, leaseRole }: PermissionPlace,
): Pick<PolicyStatement, 'Resource' | 'Condition'> {
  switch (kindOf(action)) {
    case 'role':
      return {
        Resource: leaseRole ?? `arn:aws:iam::${account}:role/NAME-OF-THE-LEASE-ROLE`,
        Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      };
    case 'schedule':
      return { Resource: `arn:aws:scheduler:*:${account}:schedule/default/evenkeel-lease-*` };
    case 'group':
      return {
        Resource: `arn:aws:autoscaling:*:${account}:autoScalingGroup:*:autoScalingGroupName/*`,
        Condition: { Null: { 'aws:ResourceTag/evenkeel:workload': 'false' } },
      };
    case 'any':
      return { Resource: '*' };
  }
}
