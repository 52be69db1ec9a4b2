import { type Context, policyOf } from './context.ts';
import { giveTargetBack, roleName } from './permissions/index.ts';

/**
 * The role that is no function's own: the lease's, which EventBridge Scheduler takes to give a target back with nothing of Evenkeel running
 * (S8).
 */
export function roles({ stage, names, account, production }: Context) {
  const lease = new aws.iam.Role(
    'LeaseRole',
    {
      name: roleName(stage, 'lease'),
      assumeRolePolicy: account.apply((own) =>
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'scheduler.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:SourceAccount': own } },
            },
          ],
        }),
      ),
      inlinePolicies: [{ name: 'evenkeel', policy: names.apply((own) => policyOf([giveTargetBack(own)])) }],
    },
    // The leases outlive the stack: they end by themselves, and their role must be there when they do.
    { retainOnDelete: production },
  );
  return { leaseArn: names.apply(() => lease.arn) };
}

export type Roles = ReturnType<typeof roles>;
