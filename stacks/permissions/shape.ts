import { groups, inRegions, type Names, type Statement } from './statement.ts';

const NO_RESOURCE_LEVEL = 'AWS has no resource-level permission for it';

/**
 * What changing instance types needs (S25): deployed only where the settings switch it on. EC2 Auto Scaling checks a caller who
 * starts a refresh with a launch template by a dry run of RunInstances, hence that, the tags of the template and PassRole.
 */
export function shape(names: Names & { readonly instanceRoles: readonly string[] }): readonly Statement[] {
  return [
    {
      why: 'starts, follows and rolls back instance refreshes',
      actions: [
        'autoscaling:CancelInstanceRefresh',
        'autoscaling:RollbackInstanceRefresh',
        'autoscaling:StartInstanceRefresh',
      ],
      ...groups(names, 'tagged'),
    },
    ...passLaunchChecks(names),
    ...readForPreflight(names),
    ...keepGuards(names),
  ];
}

/** The dry run that EC2 Auto Scaling does in the caller's name, and the one that preflight does. */
function passLaunchChecks({
  instanceRoles,
  ...names
}: Names & { readonly instanceRoles: readonly string[] }): readonly Statement[] {
  const ec2 = (kind: string) => `arn:aws:ec2:*:${names.account}:${kind}/*`;
  const own = [
    'instance',
    'launch-template',
    'network-interface',
    'placement-group',
    'security-group',
    'subnet',
    'volume',
    'key-pair',
  ];
  const passRole: Statement = {
    why: 'passes the roles of the instances that the settings name',
    actions: ['iam:PassRole'],
    resources: instanceRoles,
    conditions: [{ test: 'StringEquals', variable: 'iam:PassedToService', values: ['ec2.amazonaws.com'] }],
  };
  return [
    {
      why: "passes EC2 Auto Scaling's own check of the launch template (a dry run; the group launches its instances itself)",
      actions: ['ec2:RunInstances'],
      resources: [...own.map(ec2), 'arn:aws:ec2:*::image/*', 'arn:aws:ec2:*::snapshot/*'],
      conditions: [inRegions(names)],
    },
    {
      why: 'passes that check where the template tags what it launches; nothing that is there already can be tagged',
      actions: ['ec2:CreateTags'],
      resources: ['instance', 'network-interface', 'volume'].map(ec2),
      conditions: [
        { test: 'StringEquals', variable: 'ec2:CreateAction', values: ['RunInstances'] },
        inRegions(names),
      ],
    },
    ...(instanceRoles.length > 0 ? [passRole] : []),
  ];
}

/** What a preflight and a canary read besides groups and metrics. */
function readForPreflight(names: Names): readonly Statement[] {
  const everywhere = {
    resources: ['*'],
    conditions: [inRegions(names)],
    wildcard: NO_RESOURCE_LEVEL,
  };
  return [
    {
      why: 'reads launch templates, images, subnets and where types are offered',
      actions: [
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypeOfferings',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:DescribeSubnets',
      ],
      ...everywhere,
    },
    {
      why: 'reads how load balancers deal requests out, and which targets fail their checks',
      actions: [
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      ...everywhere,
    },
    {
      why: 'reads how many vCPUs the account may run',
      actions: ['servicequotas:GetServiceQuota', 'servicequotas:ListServiceQuotas'],
      ...everywhere,
    },
  ];
}

/** What EC2 offers and charges, read once a day. The Pricing API has its home in few regions, whichever the settings name. */
export function readMarket(names: Names): readonly Statement[] {
  return [
    {
      why: 'reads which types there are, and their Spot prices',
      actions: ['ec2:DescribeInstanceTypes', 'ec2:DescribeSpotPriceHistory'],
      resources: ['*'],
      conditions: [inRegions(names)],
      wildcard: NO_RESOURCE_LEVEL,
    },
    {
      why: 'reads list prices',
      actions: ['pricing:GetProducts'],
      resources: ['*'],
      wildcard: NO_RESOURCE_LEVEL,
    },
  ];
}

/** The alarms that watch a rollout (S20): the owner's are read, only Evenkeel's own are made and taken away. */
function keepGuards(names: Names): readonly Statement[] {
  const alarms = (name: string) => [`arn:aws:cloudwatch:*:${names.account}:alarm:${name}`];
  return [
    {
      why: 'makes and takes away the alarms that guard a rollout, by their names',
      actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:PutMetricAlarm'],
      resources: alarms('evenkeel-guard-*'),
      conditions: [inRegions(names)],
    },
    {
      why: 'reads the state of these alarms, and of the one that the tag names',
      actions: ['cloudwatch:DescribeAlarms'],
      resources: alarms('*'),
      conditions: [inRegions(names)],
    },
  ];
}
