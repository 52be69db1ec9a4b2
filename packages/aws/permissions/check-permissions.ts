import { type ContextEntry, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { call, inBatches } from '../call.ts';
import { type ClientSettings, clientConfig } from '../clients.ts';

/** What is asked of IAM: may this principal do this, in this region, to a group that carries the tag? */
export interface PermissionQuestion {
  /** The principal as STS names it: a user, a role that was assumed, or the account itself. */
  readonly caller: string;
  readonly region: string;
  readonly actions: readonly string[];
  /** The ARN of something it would be done to; `*` where the actions know no resources. */
  readonly resource: string;
}

/** Actions one simulation takes. */
const MOST_ACTIONS = 50;
const ACCOUNT_ITSELF = /^arn:aws[\w-]*:iam::\d{12}:root$/;
const ASSUMED_ROLE = /^(arn:aws[\w-]*):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/;

/**
 * The actions that the caller's policies do not allow, as IAM's own simulation says; nothing is done. Session policies and those of resources are
 * not part of it. Rejects where IAM cannot be asked: `iam:SimulatePrincipalPolicy` is missing, or the role is at a path its name does not tell.
 */
export async function missingPermissions(
  client: IAMClient,
  { caller, region, actions, resource }: PermissionQuestion,
): Promise<readonly string[]> {
  if (ACCOUNT_ITSELF.test(caller)) return [];
  const missing: string[] = [];
  for (const some of inBatches(actions, MOST_ACTIONS)) {
    const command = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: principalOf(caller),
      ActionNames: some,
      ResourceArns: [resource],
      ContextEntries: contextIn(region),
    });
    const { EvaluationResults: results = [] } = await call(client, command);
    missing.push(
      ...results.flatMap(({ EvalActionName: action, EvalDecision: decision }) =>
        action !== undefined && decision !== 'allowed' ? [action] : [],
      ),
    );
  }
  return missing.toSorted();
}

/** Policies hang on roles, not on their sessions. */
export function principalOf(caller: string): string {
  const [, arn, account, role] = ASSUMED_ROLE.exec(caller) ?? [];
  return role === undefined ? caller : `${arn!.replace(':sts', '')}:iam::${account}:role/${role}`;
}

/** What the conditions of a careful policy look at. */
function contextIn(region: string): ContextEntry[] {
  const entries: readonly (readonly [name: string, value: string])[] = [
    ['aws:RequestedRegion', region],
    ['aws:ResourceTag/evenkeel:workload', 'any'],
    ['autoscaling:ResourceTag/evenkeel:workload', 'any'],
    ['iam:PassedToService', 'scheduler.amazonaws.com'],
    ['cloudwatch:namespace', 'Evenkeel'],
  ];
  return entries.map(([ContextKeyName, value]) => ({
    ContextKeyName,
    ContextKeyValues: [value],
    ContextKeyType: 'string',
  }));
}

/** The same with a client of its own. */
export function createPermissionCheck(
  settings: ClientSettings,
): (question: PermissionQuestion) => Promise<readonly string[]> {
  const client = new IAMClient(clientConfig(settings));
  return (question) => missingPermissions(client, question);
}
