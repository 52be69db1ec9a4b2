interface Statement {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

/** `aws.iam.getPolicyDocument` as the AWS provider computes it: the part that SST and these stacks use. */
export function policyDocument(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const statements = (inputs.statements ?? []) as readonly Statement[];
  const version = (inputs.version as string | undefined) ?? '2012-10-17';
  const json = JSON.stringify({ Version: version, Statement: statements.map(rendered) });
  return { id: 'policy', json, minifiedJson: json, version, ...(statements.length > 0 && { statements }) };
}

function rendered(statement: Statement): Record<string, unknown> {
  const { sid, effect, actions, notActions, resources, notResources, principals, conditions } = statement;
  return {
    ...(sid && { Sid: sid }),
    Effect: effect ?? 'Allow',
    ...(actions && { Action: one(actions) }),
    ...(notActions && { NotAction: one(notActions) }),
    ...(resources && { Resource: one(resources) }),
    ...(notResources && { NotResource: one(notResources) }),
    ...(principals?.length && {
      Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, one(identifiers)])),
    }),
    ...(conditions?.length && { Condition: conditionsOf(conditions) }),
  };
}

function conditionsOf(conditions: NonNullable<Statement['conditions']>): Record<string, unknown> {
  const all: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of conditions) all[test] = { ...all[test], [variable]: one(values) };
  return all;
}

function one(list: readonly string[]): string | readonly string[] {
  return list.length === 1 ? list[0]! : list;
}
