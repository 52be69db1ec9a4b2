import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Statement } from '../../stacks/permissions/index.ts';
import * as permissions from '../../stacks/permissions/index.ts';
import { type WorkName, workOf } from '../../stacks/work.ts';
import { created, listed, type PolicyStatement, ROOT, RUNS, type RunName, statementsOf } from './runs.ts';

const HEAD = `# Permissions

Made by \`npm run docs:permissions\` from the stacks as they are synthesised with several regions, two other accounts, instance types and tracing switched on; a test holds page and stacks together. Every function has a role of its own, and another test compares what each role may do with the AWS calls that are in the function's bundle: no less and no more.

Four kinds of roles (S25 of [safety.md](safety.md)):

- **capacity** (\`on-tick\`, \`on-shard\`, \`on-review\`): reads groups and metrics, writes scheduled actions and targets of groups that carry \`evenkeel:workload\`. No EC2 write. It may pass one role to one service: the lease's to EventBridge Scheduler, without which no lease could be made.
- **janitor** (\`on-janitor\`): deletes scheduled actions of groups that do *not* carry the tag, and moves leases.
- **shape** (\`rollout\`, \`on-settle\`, deployed only where the settings name \`shapeChanges\`): what an instance refresh needs, besides reading groups and writing floors. It tunes no target.
- **lease**: EventBridge Scheduler takes it when a lease is due. Its one permission works on groups without the tag too, since an owner who takes the tag away must get the target back all the same.

The others only pass messages on. In other accounts the roles of [stacks/spoke.yaml](../stacks/spoke.yaml) have the same permissions, and let in only these functions, with the external id of the settings.

In the tables ACCOUNT is the account Evenkeel is deployed in, and STAGE the stage.
`;

/** What SST puts behind the names of resources that have none of their own; the synth holds it steady. */
const STEADY_SUFFIX = '-drrmzcfu';

interface PageRole {
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
}

/** The page docs/permissions.md, from the synthesised stacks: the fleet's, and what only other runs have. */
export function permissionsPage(): string {
  const roles = new Map<string, PageRole>();
  for (const run of ['fleet', ...Object.keys(RUNS)] as RunName[]) {
    const prefix = `evenkeel-${RUNS[run].stage}-`;
    for (const role of created(run, 'aws:iam/role:Role')) {
      const full = String(role.inputs.name);
      const name = full.replace(prefix, '');
      if (!full.startsWith(prefix) || roles.has(name)) continue;
      roles.set(name, { name, statements: stageless(statementsOf(role), RUNS[run].stage) });
    }
  }
  const sorted = [...roles.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [HEAD, ...sorted.map(section)].join('\n');
}

/** The same in every stage. */
function stageless(statements: readonly PolicyStatement[], stage: string): readonly PolicyStatement[] {
  const text = JSON.stringify(statements).replaceAll(`evenkeel-${stage}-`, 'evenkeel-STAGE-');
  return JSON.parse(text) as readonly PolicyStatement[];
}

function section({ name, statements }: PageRole): string {
  const rows = statements.map((statement) => {
    const actions = listed(statement.Action).map((action) => `\`${action}\``);
    const where = [...new Set(listed(statement.Resource).map(shortened))].map((arn) => `\`${arn}\``);
    return `| ${whyOf(statement)} | ${actions.join('<br>')} | ${where.join('<br>')} | ${conditionsOf(statement)} |`;
  });
  return [
    `## ${name.replace(STEADY_SUFFIX, ' (schedule)')}\n`,
    `${purposeOf(name)}\n`,
    '| it | may | on | where |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function purposeOf(name: string): string {
  if (name === 'lease') return 'Taken by EventBridge Scheduler when a lease is due.';
  if (name.endsWith(STEADY_SUFFIX)) return 'Taken by EventBridge Scheduler when the schedule is due.';
  return `${workOf(name as WorkName).what}.`;
}

const NAMES = { account: 'A', stage: 's', regions: ['r'], instanceRoles: ['arn'] };

/** Every statement there is, with the reason that stands beside it in the stacks. */
const REASONS: readonly Statement[] = [
  permissions.findGroups(NAMES),
  permissions.readGroups(NAMES),
  permissions.readMetrics(NAMES),
  permissions.drawCharts(NAMES),
  ...permissions.readOtherHands(NAMES),
  permissions.writeFloors(NAMES),
  permissions.giveTargetBack(NAMES),
  ...permissions.leaseTargets(NAMES),
  ...permissions.janitor(NAMES),
  ...permissions.shape(NAMES),
  ...permissions.readMarket(NAMES),
  permissions.beat(NAMES),
  permissions.wakeRollouts(NAMES),
  permissions.keepExecutions(NAMES),
  permissions.useTable('table'),
  permissions.receiveFrom('queue'),
  permissions.hurry('queue'),
  permissions.publishOn('bus'),
  permissions.writeLogs('log'),
  permissions.writeTraces(),
];

/** The reason, by the actions; what is only sent or taken on is said by the queue's name. */
function whyOf(statement: PolicyStatement): string {
  const actions = listed(statement.Action).join();
  const toQueues = listed(statement.Resource).map((arn) => /:(?:evenkeel-STAGE-)?(\w+?)Queue/.exec(arn)?.[1]);
  if (actions === 'sqs:SendMessage') return `sends to ${toQueues.join(', ')}`;
  if (listed(statement.Condition?.StringEquals?.['iam:PassedToService']).includes('ec2.amazonaws.com')) {
    return 'passes the roles of the instances that the settings name';
  }
  if (actions === 'lambda:InvokeFunction') {
    const isRollout = listed(statement.Resource).some((arn) => arn.includes('-rollout:'));
    return isRollout ? permissions.startRollouts(NAMES).why : 'starts its function';
  }
  if (actions === 'sts:AssumeRole') return 'works in the other accounts by the role of that name there';
  const tagged = JSON.stringify(statement.Condition?.Null ?? '');
  const same = REASONS.filter((each) => each.actions.join() === actions);
  const reason = same.find(({ conditions = [] }) => isAbout(conditions, tagged)) ?? same[0];
  if (!reason) throw new Error(`no reason is given for ${actions}: write a statement in stacks/permissions`);
  return reason.wildcard === undefined ? reason.why : `${reason.why} (${reason.wildcard})`;
}

/** The same call on groups with the tag, without it, or on any group has another reason each. */
function isAbout(conditions: NonNullable<Statement['conditions']>, tagged: string): boolean {
  const condition = conditions.find(({ test }) => test === 'Null');
  if (!condition) return tagged === '""';
  return tagged.includes(`"${condition.values[0]}"`);
}

function shortened(arn: string): string {
  return arn.replaceAll('111111111111', 'ACCOUNT').replace(STEADY_SUFFIX, '');
}

function conditionsOf({ Condition = {} }: PolicyStatement): string {
  const clauses = Object.entries(Condition).flatMap(([test, fields]) =>
    Object.entries(fields).map(([variable, values]) => clause(test, variable, listed(values))),
  );
  return clauses.join('; ');
}

function clause(test: string, variable: string, values: readonly string[]): string {
  if (test === 'Null')
    return `the group ${values[0] === 'true' ? 'lacks' : 'carries'} \`${variable.replace('aws:ResourceTag/', '')}\``;
  if (variable === 'aws:RequestedRegion') return 'regions of the settings';
  return `\`${variable}\` is ${values.map((value) => `\`${value}\``).join(' or ')}`;
}

if (import.meta.main) writeFileSync(join(ROOT, 'docs/permissions.md'), permissionsPage());
