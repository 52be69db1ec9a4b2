import { groups, inRegions, type Names, type Statement } from './statement.ts';

/**
 * What changing instance types needs (S25): deployed only where the settings switch it on. EC2 Auto Scaling checks a caller who
 * starts a refresh with a launch template by a dry run of RunInstances, hence that and PassRole.
 */
export function shape(names: Names & { readonly instanceRoles: readonly string[] }): readonly Statement[] {
  const ec2 = (kind: string) => `arn:aws:ec2:*:${names.account}:${kind}/*`;
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
    {
      why: "passes EC2 Auto Scaling's own check of the launch template (a dry run; the group launches its instances itself)",
      actions: ['ec2:RunInstances'],
      resources: [
        ...[
          'instance',
          'launch-template',
          'network-interface',
          'security-group',
          'subnet',
          'volume',
          'key-pair',
        ].map(ec2),
        'arn:aws:ec2:*::image/*',
        'arn:aws:ec2:*::snapshot/*',
      ],
      conditions: [inRegions(names)],
    },
    ...(names.instanceRoles.length > 0
      ? [
          {
            why: 'passes the roles of the instances that the settings name',
            actions: ['iam:PassRole'],
            resources: names.instanceRoles,
            conditions: [
              { test: 'StringEquals', variable: 'iam:PassedToService', values: ['ec2.amazonaws.com'] },
            ],
          },
        ]
      : []),
  ];
}
