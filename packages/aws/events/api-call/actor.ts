import type { Actor } from '@evenkeel/engine/ports';
import type { ApiCall } from './schema.ts';

/** Evenkeel's clients name themselves in the user agent, its roles by this prefix (the lease's call has no user agent of ours). */
const OUR_USER_AGENT = /(^|[\s[])evenkeel(-decision)?\//;
const OUR_ROLE = /^evenkeel-/;

const CODE_TOOLS: readonly (readonly [RegExp, string])[] = [
  [/cloudformation\.amazonaws\.com/, 'CloudFormation'],
  [/OpenTofu\//i, 'OpenTofu'],
  [/HashiCorp\/1\.0 Terraform\/|\bTerraform\//, 'Terraform'],
  [/\bpulumi/i, 'Pulumi'],
];

/**
 * Who made a call, as far as the trail tells, and the name people know them by. A person behind CloudFormation is CloudFormation: what
 * counts is whether the template will write the value again.
 */
export function actorOf(call: ApiCall): { readonly by: Actor; readonly who: string } {
  const role = call.userIdentity.sessionContext?.sessionIssuer?.userName ?? '';
  const agent = call.userAgent ?? '';
  if (OUR_USER_AGENT.test(agent) || OUR_ROLE.test(role)) return { by: 'evenkeel', who: 'Evenkeel' };
  const origin = [agent, call.userIdentity.invokedBy ?? '', call.sourceIPAddress ?? ''].join(' ');
  const tool = CODE_TOOLS.find(([pattern]) => pattern.test(origin));
  if (tool) return { by: 'infrastructure-code', who: tool[1] };
  if (call.userIdentity.type === 'AWSService' || isServiceLinked(role)) {
    return { by: 'aws-service', who: call.userIdentity.invokedBy ?? role };
  }
  const who = nameOf(call);
  return { by: who === undefined ? 'unknown' : 'person', who: who ?? 'someone' };
}

function isServiceLinked(role: string): boolean {
  return role.startsWith('AWSServiceRoleFor');
}

/** A user's name, or the name of the session of an assumed role, which for single sign-on is the person's address. */
function nameOf({ userIdentity }: ApiCall): string | undefined {
  if (userIdentity.type === 'Root') return 'the root user';
  const session = /:assumed-role\/[^/]+\/(.+)$/.exec(userIdentity.arn ?? '')?.[1];
  return userIdentity.userName ?? session;
}
