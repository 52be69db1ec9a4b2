import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { spokeTemplate } from '../../stacks/spoke/template.ts';
import { spokeYaml } from '../../stacks/spoke/write.ts';
import { created, listed, type PolicyStatement, ROOT, statementsOf } from './runs.ts';

interface Role {
  readonly Condition?: string;
  readonly Properties: {
    readonly AssumeRolePolicyDocument: { readonly Statement: readonly PolicyStatement[] };
    readonly Policies: readonly {
      readonly PolicyDocument: { readonly Statement: readonly PolicyStatement[] };
    }[];
  };
}

const text = readFileSync(join(ROOT, 'stacks/spoke.yaml'), 'utf8');
const { Resources } = spokeTemplate() as {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
};
const role = (name: string) => Resources[name] as unknown as Role;
const statements = (name: string) =>
  role(name).Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
const actions = (all: readonly PolicyStatement[]) =>
  [...new Set(all.flatMap(({ Action }) => listed(Action)))].sort();

/** What a function does at home only: its own table, bus, queues, logs, and taking the role of the spoke. */
const AT_HOME = /^(dynamodb|events|lambda|sqs|logs|xray|sts):/;

describe('the template of other accounts and regions', () => {
  test('the file is what the program makes, and another YAML reader reads the same from it', () => {
    expect(text).toBe(spokeYaml());
    const yaml = createRequire(join(ROOT, '.sst/platform/package.json'))('js-yaml') as {
      load(text: string): unknown;
    };
    expect(yaml.load(text)).toEqual(JSON.parse(JSON.stringify(spokeTemplate())));
  });

  test('its roles may do what the functions do there, no more and no less', () => {
    const needed = (names: readonly string[]) =>
      actions(
        created('fleet', 'aws:iam/role:Role')
          .filter(({ name }) => names.includes(name))
          .flatMap(statementsOf),
      ).filter((action) => !AT_HOME.test(action));
    expect(actions(statements('CapacityRole'))).toEqual(
      needed(['OnTickRole', 'OnShardRole', 'OnReviewRole']),
    );
    expect(actions(statements('JanitorRole'))).toEqual(needed(['OnJanitorRole']));
    expect(actions(statements('ShapeRole'))).toEqual(needed(['RolloutRole', 'OnSettleRole']));
    expect(actions(statements('LeaseRole'))).toEqual(needed(['LeaseRole']));
  });

  test.each(['CapacityRole', 'JanitorRole', 'ShapeRole'])(
    '%s lets in only the functions it is for, from the one account, with the external id',
    (name) => {
      const [trust] = role(name).Properties.AssumeRolePolicyDocument.Statement;
      expect(trust?.Principal).toEqual({ AWS: { Ref: 'HubAccount' } });
      expect(trust?.Condition?.StringEquals).toEqual({ 'sts:ExternalId': { Ref: 'ExternalId' } });
      const callers = listed(trust?.Condition?.ArnEquals?.['aws:PrincipalArn']) as unknown as readonly {
        'Fn::Sub': string;
      }[];
      expect(callers.length).toBeGreaterThan(0);
      for (const caller of callers) {
        expect(caller['Fn::Sub']).toMatch(
          /^arn:aws:iam::\$\{HubAccount\}:role\/evenkeel-\$\{Stage\}-(on-[a-z-]+|rollout)$/,
        );
      }
    },
  );

  test('S25: every write there is limited to groups with the tag, the janitor to those without, the lease to its one call', () => {
    const tag = (name: string) =>
      statements(name)
        .filter(({ Action }) => listed(Action).some((action) => /^autoscaling:(?!Describe)/.test(action)))
        .map(({ Condition }) => Condition?.Null?.['aws:ResourceTag/evenkeel:workload']);
    for (const condition of tag('CapacityRole')) expect(listed(condition)).toEqual(['false']);
    for (const condition of tag('ShapeRole')) expect(listed(condition)).toEqual(['false']);
    for (const condition of tag('JanitorRole')) expect(listed(condition)).toEqual(['true']);
    expect(actions(statements('LeaseRole'))).toEqual(['autoscaling:PutScalingPolicy']);
  });

  test('every forwarding rule has retries and a dead-letter queue', () => {
    const rules = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Events::Rule');
    expect(rules.length).toBe(9);
    for (const rule of rules as unknown as readonly {
      Properties: { Targets: readonly Record<string, unknown>[] };
    }[]) {
      expect(rule.Properties.Targets).toMatchObject([
        {
          RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 3600 },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Undelivered', 'Arn'] } },
        },
      ]);
    }
  });

  test('the role of the leases stays when the template goes, as the leases do', () => {
    expect(Resources.LeaseRole).toMatchObject({ DeletionPolicy: 'Retain' });
  });
});
