/** One thing a role may do, and why; `docs/permissions.md` is made from these. */
export interface Statement {
  /** What it is for, as a clause: "reads the groups …". */
  readonly why: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: readonly Condition[];
  /** Why the resource is `*`: what AWS forces; only statements with this may have it. */
  readonly wildcard?: string;
}

export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** What ARNs are made from. In the spoke template these are references of CloudFormation. */
export interface Names {
  readonly account: string;
  readonly stage: string;
  /** The regions that writes are limited to. */
  readonly regions: readonly string[];
}

/** The tag that makes a group Evenkeel's business; without it no write is allowed (S25). */
export const OPT_IN_TAG = 'evenkeel:workload';

const CARRIES_TAG: Condition = {
  test: 'Null',
  variable: `aws:ResourceTag/${OPT_IN_TAG}`,
  values: ['false'],
};
const LACKS_TAG: Condition = { ...CARRIES_TAG, values: ['true'] };

export function inRegions({ regions }: Names): Condition {
  return { test: 'StringEquals', variable: 'aws:RequestedRegion', values: regions };
}

/** Every group of the account that carries, or does not carry, the opt-in tag, in the regions of the settings. */
export function groups(
  names: Names,
  which: 'tagged' | 'untagged',
): Pick<Statement, 'resources' | 'conditions'> {
  return {
    resources: [`arn:aws:autoscaling:*:${names.account}:autoScalingGroup:*:autoScalingGroupName/*`],
    conditions: [which === 'tagged' ? CARRIES_TAG : LACKS_TAG, inRegions(names)],
  };
}

export function roleName(stage: string, role: string): string {
  return `evenkeel-${stage}-${role}`;
}

export function roleArn({ account, stage }: Pick<Names, 'account' | 'stage'>, role: string): string {
  return `arn:aws:iam::${account}:role/${roleName(stage, role)}`;
}
