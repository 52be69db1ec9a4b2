import { type Context, policyOf } from './context.ts';
import { giveTargetBack, type Names, roleName, type Statement, shape } from './permissions/index.ts';

/**
 * Roles that are no function's own: the lease's, which EventBridge Scheduler takes to give a target back with nothing of Evenkeel running
 * (S8), and the one that may change instance types, made only where the settings switch it on (S25).
 */
export function roles(context: Context) {
  const { settings, names, production } = context;
  // The leases outlive the stack: they end by themselves, and their role must be there when they do.
  const stays = { retainOnDelete: production };
  const lease = role(context, 'lease', 'scheduler.amazonaws.com', (own) => [giveTargetBack(own)], stays);
  const shaping = settings.shapeChanges;
  if (shaping) {
    role(context, 'shape', 'lambda.amazonaws.com', (own) =>
      shape({ ...own, instanceRoles: shaping.instanceRoles }),
    );
  }
  return { leaseArn: names.apply(() => lease.arn) };
}

export type Roles = ReturnType<typeof roles>;

function role(
  { stage, names, account }: Context,
  name: 'lease' | 'shape',
  service: string,
  statements: (names: Names) => readonly Statement[],
  options: { readonly retainOnDelete?: boolean } = {},
): aws.iam.Role {
  return new aws.iam.Role(
    name === 'lease' ? 'LeaseRole' : 'ShapeRole',
    {
      name: roleName(stage, name),
      assumeRolePolicy: account.apply((own) =>
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: service },
              Action: 'sts:AssumeRole',
              ...(name === 'lease' && { Condition: { StringEquals: { 'aws:SourceAccount': own } } }),
            },
          ],
        }),
      ),
      inlinePolicies: [{ name: 'evenkeel', policy: names.apply((own) => policyOf(statements(own))) }],
    },
    options,
  );
}
