import { describe, expect, test } from 'vitest';
import { ROLLOUT_WORK, SLACK_WORK, WORK, type WorkName } from '../../stacks/work.ts';
import { actionsOf } from './iam-action.ts';
import {
  created,
  listed,
  type PolicyStatement,
  RUNS,
  type RunName,
  resultOf,
  statementsIn,
  statementsOf,
} from './runs.ts';

const ROLE = 'aws:iam/role:Role';
const runs = Object.keys(RUNS) as RunName[];
const works = Object.keys(WORK) as WorkName[];
const everyWork = [
  ...[...works, ...(Object.keys(ROLLOUT_WORK) as WorkName[])].map((work) => [work, 'fleet'] as const),
  ...(Object.keys(SLACK_WORK) as WorkName[]).map((work) => [work, 'slack'] as const),
];

/** What a function may do besides what its code calls: Lambda writes its log and traces, takes its messages and keeps what failed. */
const PLUMBING = new Set([
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
]);

/** In every bundle with the client, but only sent where endpoint discovery is switched on, which is not so. */
const NEVER_SENT = new Set(['dynamodb:DescribeEndpoints']);

/** Actions for which AWS knows no resource: the only ones that may have `*` (AWS, Service Authorization Reference). */
const WITHOUT_RESOURCES = [
  /^autoscaling:Describe/,
  /^cloudwatch:(GetMetricData|ListMetrics|PutMetricData)$/,
  /^cloudtrail:LookupEvents$/,
  /^ec2:Describe/,
  /^elasticloadbalancing:Describe/,
  /^pricing:GetProducts$/,
  /^servicequotas:(Get|List)/,
  /^xray:Put/,
];

/** Writes on groups: all of them take the condition of the tag. */
const GROUP_WRITE = /^autoscaling:(?!Describe)/;
const TAG = 'aws:ResourceTag/evenkeel:workload';

/** The runs whose settings switch rollouts on, and the roles of those alone (S25). */
const ROLLOUT_RUNS: readonly RunName[] = ['fleet', 'slack'];
const ROLLOUT_ROLES: readonly string[] = ['RolloutRole', 'OnSettleRole'];

/** The SDK of durable functions carries all of Lambda's client, and sends these two. */
const SENT_BY_DURABLE = ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'];
const isSent = (work: WorkName, action: string) =>
  work !== 'rollout' || !action.startsWith('lambda:') || SENT_BY_DURABLE.includes(action);

const roleOf = (run: RunName, name: string) => {
  const found = created(run, ROLE).find(
    ({ inputs }) => inputs.name === `evenkeel-${RUNS[run].stage}-${name}`,
  );
  if (!found) throw new Error(`no role ${name}`);
  return found;
};
const actionsIn = (statements: readonly PolicyStatement[]) =>
  statements.flatMap(({ Action }) => listed(Action));

describe.each(everyWork)('%s may do just what its code calls', (work, run) => {
  const { commands } = Object.values(resultOf(run).handlers).find(
    ({ handler }) => handler === `functions/${work}.handler`,
  ) ?? { commands: [] };
  // Without other accounts in the settings nobody takes a role over there.
  const never = new Set([...NEVER_SENT, ...(run === 'fleet' ? [] : ['sts:AssumeRole'])]);
  const needed = [...new Set(commands.flatMap(actionsOf))]
    .filter((action) => !never.has(action) && isSent(work, action))
    .sort();

  test('the commands in its bundle are known', () => {
    expect(commands.length).toBeGreaterThan(0);
  });

  test('no less and no more', () => {
    const statements = statementsOf(roleOf(run, work));
    const dlq = statements.filter(({ Resource }) =>
      listed(Resource).every((arn) => /UndeliveredDlq/.test(arn)),
    );
    const granted = actionsIn(statements.filter((each) => !dlq.includes(each))).filter(
      (action) => !PLUMBING.has(action),
    );
    expect([...new Set(granted)].sort()).toEqual(needed);
  });
});

describe.each(runs)('the roles of "%s"', (run) => {
  const roles = created(run, ROLE);

  test('no role can be taken by anything but its own service', () => {
    for (const { name, inputs } of roles) {
      for (const { Principal, Action } of statementsIn(inputs.assumeRolePolicy)) {
        expect({ name, who: Object.keys(Principal ?? {}) }).toEqual({ name, who: ['Service'] });
        expect(listed(Principal?.Service)).toHaveLength(1);
        expect(Action).toBe('sts:AssumeRole');
      }
    }
  });

  test('S25: no role has a managed policy or a wildcard action', () => {
    for (const { name, inputs } of roles) {
      expect({ name, managed: listed(inputs.managedPolicyArns) }).toEqual({ name, managed: [] });
    }
    for (const action of roles.flatMap((role) => actionsIn(statementsOf(role)))) {
      expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    }
  });

  test('a resource is * only where AWS knows no resource', () => {
    for (const statement of roles.flatMap(statementsOf)) {
      if (!listed(statement.Resource).includes('*')) continue;
      for (const action of listed(statement.Action)) {
        expect(WITHOUT_RESOURCES.some((pattern) => pattern.test(action)) ? '' : action).toBe('');
      }
    }
  });

  test('S25: every write on a group is limited to groups that carry the tag, the janitor to those that do not', () => {
    let writes = 0;
    for (const role of roles) {
      for (const statement of statementsOf(role)) {
        if (!listed(statement.Action).some((action) => GROUP_WRITE.test(action))) continue;
        writes += 1;
        expect(listed(statement.Condition?.StringEquals?.['aws:RequestedRegion'])).toEqual(
          resultOf(run).app.name === 'evenkeel' && run === 'fleet'
            ? ['eu-west-1', 'eu-central-1']
            : ['eu-west-1'],
        );
        // The lease must give the owner's target back even when the tag is gone; it can do nothing else.
        if (role.name === 'LeaseRole') {
          expect(actionsIn(statementsOf(role))).toEqual(['autoscaling:PutScalingPolicy']);
          continue;
        }
        const lacksTag = role.name === 'OnJanitorRole' ? 'true' : 'false';
        expect(listed(statement.Condition?.Null?.[TAG])).toEqual([lacksTag]);
      }
    }
    expect(writes).toBeGreaterThanOrEqual(5);
  });

  test('S25: no role but those of rollouts may write to EC2 or pass roles to instances, and none may write tags of what is there already', () => {
    for (const role of roles) {
      for (const { Action, Condition } of statementsOf(role)) {
        for (const action of listed(Action)) {
          if (!/:(?!Describe|Get|List)\w*Tag/.test(action)) continue;
          // What a launch template tags as it launches it, and nothing else.
          expect({ action, role: ROLLOUT_ROLES.includes(role.name) }).toEqual({
            action: 'ec2:CreateTags',
            role: true,
          });
          expect(listed(Condition?.StringEquals?.['ec2:CreateAction'])).toEqual(['RunInstances']);
        }
      }
    }
    for (const role of roles.filter(({ name }) => !ROLLOUT_ROLES.includes(name))) {
      for (const statement of statementsOf(role)) {
        for (const action of listed(statement.Action)) {
          expect(action).not.toMatch(/^ec2:(?!Describe)/);
          if (action !== 'iam:PassRole') continue;
          expect(listed(statement.Resource)).toEqual([
            `arn:aws:iam::111111111111:role/evenkeel-${RUNS[run].stage}-lease`,
          ]);
          expect(listed(statement.Condition?.StringEquals?.['iam:PassedToService'])).toEqual([
            'scheduler.amazonaws.com',
          ]);
        }
      }
    }
  });

  test('S25: the roles of rollouts are there only where the settings switch them on, may pass the roles those name, and tune no target', () => {
    const shape = roles.filter(({ name }) => ROLLOUT_ROLES.includes(name));
    expect(shape).toHaveLength(ROLLOUT_RUNS.includes(run) ? 2 : 0);
    for (const role of shape) {
      expect(actionsIn(statementsOf(role))).not.toContain('autoscaling:PutScalingPolicy');
      const pass = statementsOf(role).filter(({ Action }) => listed(Action).includes('iam:PassRole'));
      expect(pass.flatMap(({ Resource }) => listed(Resource))).toEqual([
        'arn:aws:iam::111111111111:role/web',
      ]);
    }
  });

  test('S16: the janitor can delete scheduled actions and keep leases, and nothing else on AWS but read', () => {
    const actions = actionsIn(statementsOf(roleOf(run, 'on-janitor')));
    const writes = actions.filter(
      (action) =>
        !/:(Describe|Get|Query|List)/.test(action) &&
        !/^(dynamodb|events|logs|sqs|sts|xray|iam):/.test(action),
    );
    expect(new Set(writes)).toEqual(
      new Set([
        'autoscaling:BatchDeleteScheduledAction',
        'scheduler:CreateSchedule',
        'scheduler:DeleteSchedule',
        'scheduler:UpdateSchedule',
      ]),
    );
  });

  test('S16, S25: in other accounts each function takes the role it is for, and only in accounts of the settings', () => {
    const rollouts = ROLLOUT_RUNS.includes(run) ? (Object.keys(ROLLOUT_WORK) as WorkName[]) : [];
    for (const work of [...works, ...rollouts]) {
      const arns = statementsOf(roleOf(run, work))
        .filter(({ Action }) => listed(Action).includes('sts:AssumeRole'))
        .flatMap(({ Resource }) => listed(Resource));
      const role = work === 'on-janitor' ? 'janitor' : rollouts.includes(work) ? 'shape' : 'capacity';
      const callsAws = !['on-fleet-event', 'on-capacity-requested'].includes(work);
      const accounts = run === 'fleet' && callsAws ? ['222222222222', '333333333333'] : [];
      expect(arns).toEqual(accounts.map((account) => `arn:aws:iam::${account}:role/evenkeel-fleet-${role}`));
    }
  });
});

describe.each(runs)('what is open to others in "%s"', (run) => {
  const types = resultOf(run)
    .resources.filter(({ custom, read }) => custom && !read)
    .map(({ type }) => type);

  test('nothing but what Slack calls has a public address (the only objects in S3 are the code of the functions, in the bucket of SST)', () => {
    const urls = created(run, 'aws:lambda/functionUrl:FunctionUrl');
    expect(urls.map(({ inputs }) => inputs.functionName)).toEqual(
      run === 'slack' ? ['evenkeel-chat-slack-interactions'] : [],
    );
    for (const { inputs } of urls) expect(inputs.cors).toBeUndefined();
    for (const type of types.filter((each) => !/functionUrl/i.test(each)))
      expect(type).not.toMatch(/functionUrl|apigateway|loadbalanc|cloudfront|s3\/bucket(?!Object)/i);
  });

  test('no function can be invoked by anyone but its own schedules and queues, and the one for Slack by its address', () => {
    const permissions = created(run, 'aws:lambda/permission:Permission').map(({ inputs }) => inputs);
    expect(permissions.length > 0).toBe(run === 'slack');
    for (const { function: name, action, functionUrlAuthType, invokedViaFunctionUrl } of permissions) {
      expect(name).toBe('evenkeel-chat-slack-interactions');
      expect([functionUrlAuthType === 'NONE', invokedViaFunctionUrl === true]).toContain(true);
      expect(['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']).toContain(action);
    }
  });

  test('queues take messages from EventBridge only, for the rules of this stack', () => {
    for (const { inputs } of created(run, 'aws:sqs/queuePolicy:QueuePolicy')) {
      for (const { Principal, Action, Condition } of statementsIn(inputs.policy)) {
        expect(Principal).toEqual({ Service: 'events.amazonaws.com' });
        expect(Action).toBe('sqs:SendMessage');
        for (const arn of listed(Condition?.ArnEquals?.['aws:SourceArn'])) {
          expect(arn).toMatch(/^arn:aws:events:eu-west-1:111111111111:rule\//);
        }
      }
    }
  });

  test('the bus takes events from the forwarding roles of the places in the settings, and from nobody where there are none', () => {
    const policies = created(run, 'aws:cloudwatch/eventBusPolicy:EventBusPolicy');
    const allowed = policies.flatMap(({ inputs }) => statementsIn(inputs.policy));
    const forwarders = allowed.flatMap(({ Condition }) => listed(Condition?.ArnEquals?.['aws:PrincipalArn']));
    expect(forwarders).toEqual(
      run === 'fleet'
        ? [
            'arn:aws:iam::111111111111:role/evenkeel-fleet-forward-eu-central-1',
            'arn:aws:iam::222222222222:role/evenkeel-fleet-forward-eu-west-1',
            'arn:aws:iam::222222222222:role/evenkeel-fleet-forward-us-east-1',
            'arn:aws:iam::333333333333:role/evenkeel-fleet-forward-ap-south-1',
          ]
        : [],
    );
    for (const { Action } of allowed) expect(Action).toBe('events:PutEvents');
  });
});
