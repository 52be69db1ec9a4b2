import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TTL_ATTRIBUTE, tableDefinition } from '@evenkeel/aws/dynamo';
import { HEARTBEAT } from '@evenkeel/aws/heartbeat';
import { describe, expect, test } from 'vitest';
import { ROLLOUT_WORK, SLACK_WORK, visibilityOf, WORK, type WorkName } from '../../stacks/work.ts';
import type { SynthResource } from './harness/synth.ts';
import { created, listed, ROOT, RUNS, type RunName, resultOf, statementsIn } from './runs.ts';

const FUNCTION = 'aws:lambda/function:Function';
const QUEUE = 'aws:sqs/queue:Queue';
const runs = Object.keys(RUNS) as RunName[];
/** Whether the settings of a run switch rollouts on. */
const rollsOut = (run: RunName) => run === 'fleet' || run === 'slack';
/** The functions of a run: Slack's and those of rollouts only where the settings have them. */
const worksOf = (run: RunName) => [
  ...Object.keys(WORK),
  ...(rollsOut(run) ? Object.keys(ROLLOUT_WORK) : []),
  ...(run === 'slack' ? Object.keys(SLACK_WORK) : []),
];

test('the stacks type-check against SST', () => {
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  expect(() => execFileSync(tsc, ['-p', 'tsconfig.stacks.json'], { cwd: ROOT, stdio: 'pipe' })).not.toThrow();
});

describe.each(runs)('the stacks, run as "%s"', (run) => {
  const functions = created(run, FUNCTION);
  const queues = created(run, QUEUE);
  const queueByArn = new Map(queues.map((queue) => [arnOf(queue), queue]));

  test('run without an error', () => {
    expect(resultOf(run).errors).toEqual([]);
  });

  test('deploy every function of the list, and its file and export exist', () => {
    expect(namesOf(functions).sort()).toEqual(
      worksOf(run)
        .map((work) => `evenkeel-${RUNS[run].stage}-${work}`)
        .sort(),
    );
    const built = Object.values(resultOf(run).handlers).map(({ handler }) => handler);
    expect(built.sort()).toEqual(
      worksOf(run)
        .map((work) => `functions/${work}.handler`)
        .sort(),
    );
  });

  test('every function: newest Node runtime on arm64, structured logs that end', () => {
    for (const { inputs } of functions) {
      expect(inputs).toMatchObject({ runtime: 'nodejs24.x', architectures: ['arm64'] });
      expect(inputs.loggingConfig).toMatchObject({ logFormat: 'JSON' });
    }
    const groups = created(run, 'aws:cloudwatch/logGroup:LogGroup');
    expect(namesOf(groups).sort()).toEqual(
      namesOf(functions)
        .map((name) => `/aws/lambda/${name}`)
        .sort(),
    );
    for (const { inputs } of groups) expect(inputs.retentionInDays).toBe(30);
  });

  test('tracing is on where the settings ask for it, and only there', () => {
    const mode = run === 'fleet' ? { mode: 'Active' } : undefined;
    for (const { inputs } of functions) expect(inputs.tracingConfig).toEqual(mode);
  });

  test('every function starts with the environment it is given', () => {
    for (const { name, inputs } of functions) {
      const { variables } = inputs.environment as { variables: Record<string, string> };
      const folder = resultOf(run).handlers[name.replace(/Function$/, '')]!.out;
      expect(inputs.handler).toBe('bundle.handler');
      const script = `const m = await import(${JSON.stringify(join(folder, 'bundle.mjs'))}); if (typeof m.handler !== 'function') throw new Error('no handler');`;
      const start = () =>
        spawnSync(process.execPath, ['--input-type=module', '-e', script], {
          cwd: folder,
          env: { PATH: process.env.PATH, AWS_REGION: 'eu-west-1', ...variables },
          encoding: 'utf8',
        });
      const { status, stderr } = start();
      expect(status === 0 ? '' : `${String(inputs.name)}: ${stderr.slice(-600)}`).toBe('');
    }
  });

  test('the table has the keys and the expiry the stores use', () => {
    const [table] = created(run, 'aws:dynamodb/table:Table');
    const wanted = tableDefinition('any');
    expect(table!.inputs.hashKey).toBe(wanted.KeySchema?.[0]?.AttributeName);
    expect(table!.inputs.rangeKey).toBe(wanted.KeySchema?.[1]?.AttributeName);
    expect(table!.inputs.ttl).toMatchObject({ attributeName: TTL_ATTRIBUTE, enabled: true });
    expect(table!.inputs.pointInTimeRecovery).toMatchObject({ enabled: true });
    expect(table!.inputs.billingMode).toBe(wanted.BillingMode);
  });

  test('every queue has a dead-letter queue that keeps messages for two weeks', () => {
    const isDlq = (name: string) => name.includes('Dlq');
    for (const queue of queues) {
      if (isDlq(queue.name)) {
        expect(queue.inputs.messageRetentionSeconds).toBe(1_209_600);
        continue;
      }
      const { deadLetterTargetArn } = queue.inputs.redrivePolicy as { deadLetterTargetArn: string };
      const dlq = queueByArn.get(deadLetterTargetArn);
      expect(dlq?.name).toMatch(/Dlq/);
      // SQS takes only a FIFO queue for a FIFO queue's dead letters.
      expect(Boolean(dlq?.inputs.fifoQueue)).toBe(Boolean(queue.inputs.fifoQueue));
    }
    expect(queues.filter(({ name }) => !isDlq(name))).toHaveLength(run === 'slack' ? 5 : 4);
  });

  test("every queue's messages stay invisible for six times its function's timeout, and partial failures are reported", () => {
    const mappings = created(run, 'aws:lambda/eventSourceMapping:EventSourceMapping');
    expect(mappings).toHaveLength(run === 'slack' ? 5 : 4);
    for (const { inputs } of mappings) {
      const worker = functions.find(({ inputs: own }) => own.name === inputs.functionName)!;
      const queue = queueByArn.get(String(inputs.eventSourceArn))!;
      const work = String(inputs.functionName).replace(`evenkeel-${RUNS[run].stage}-`, '') as WorkName;
      expect(queue.inputs.visibilityTimeoutSeconds).toBe(visibilityOf(work));
      expect(queue.inputs.visibilityTimeoutSeconds).toBeGreaterThanOrEqual(6 * Number(worker.inputs.timeout));
      expect(inputs.functionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });

  test('S26: ticks, reactions and reviews run one at a time per account and region, events at most two batches at a time', () => {
    for (const { inputs } of created(run, 'aws:lambda/eventSourceMapping:EventSourceMapping')) {
      const queue = queueByArn.get(String(inputs.eventSourceArn))!;
      if (/on-shard|on-review/.test(String(inputs.functionName))) expect(queue.inputs.fifoQueue).toBe(true);
      else expect(inputs.scalingConfig).toEqual({ maximumConcurrency: 2 });
    }
  });

  test('every schedule has retries, a dead-letter queue and the time it was due in its input', () => {
    const schedules = created(run, 'aws:scheduler/schedule:Schedule');
    expect(schedules.map(({ inputs }) => String(inputs.scheduleExpression)).sort()).toEqual(
      [
        'cron(0/15 0-5 * * ? *)',
        'cron(0/5 * * * ? *)',
        'cron(20 * * * ? *)',
        ...(rollsOut(run) ? ['cron(2/5 * * * ? *)'] : []),
        ...(run === 'slack' ? ['cron(0 8 ? * MON *)', 'cron(5 0 * * ? *)', 'rate(1 minute)'] : []),
      ].sort(),
    );
    for (const { name, inputs } of schedules) {
      const target = inputs.target as Record<string, Record<string, unknown>>;
      // What comes again in five minutes anyway needs no retry.
      const least = name.startsWith('Settle') ? 0 : 1;
      expect(Number(target.retryPolicy?.maximumRetryAttempts)).toBeGreaterThanOrEqual(least);
      expect(queueByArn.has(String(target.deadLetterConfig?.arn))).toBe(true);
      expect(target.input).toMatchObject({ at: '<aws.scheduler.scheduled-time>' });
    }
  });

  test('a function that is invoked asynchronously keeps what failed for good', () => {
    const scheduled = new Set(
      created(run, 'aws:scheduler/schedule:Schedule').map(
        ({ inputs }) => (inputs.target as { arn: string }).arn,
      ),
    );
    for (const { inputs } of functions) {
      const arn = `arn:aws:lambda:eu-west-1:111111111111:function:${String(inputs.name)}`;
      const config = inputs.deadLetterConfig as { targetArn: string } | undefined;
      const isAsynchronous = scheduled.has(arn) || String(inputs.name).endsWith('-rollout');
      expect(config !== undefined && queueByArn.has(config.targetArn)).toBe(isAsynchronous);
    }
  });

  test('every rule has a target with retries and a dead-letter queue, and both queues let that rule in', () => {
    const rules = created(run, 'aws:cloudwatch/eventRule:EventRule');
    const targets = created(run, 'aws:cloudwatch/eventTarget:EventTarget');
    expect(targets).toHaveLength(rules.length);
    for (const rule of rules) {
      const target = targets.find(({ inputs }) => inputs.rule === (rule.inputs.name ?? rule.name))!;
      const { arn: dlq } = target.inputs.deadLetterConfig as { arn: string };
      expect(target.inputs.retryPolicy).toEqual({ maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 });
      expect(target.inputs.eventBusName).toBe(rule.inputs.eventBusName);
      for (const arn of [String(target.inputs.arn), dlq])
        expect(sendersOf(run, arn)).toContain(ruleArn(rule));
    }
  });

  test('an alarm watches every dead-letter queue, and a tick that did not happen (S19)', () => {
    const alarms = created(run, 'aws:cloudwatch/metricAlarm:MetricAlarm').map(({ inputs }) => inputs);
    for (const queue of queues.filter(({ name }) => name.includes('Dlq'))) {
      expect(alarms).toContainEqual(
        expect.objectContaining({
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensions: { QueueName: queue.inputs.name },
          threshold: 0,
        }),
      );
    }
    expect(alarms).toContainEqual(
      expect.objectContaining({
        namespace: HEARTBEAT.namespace,
        metricName: HEARTBEAT.metric,
        dimensions: { Stage: RUNS[run].stage },
        treatMissingData: 'breaching',
      }),
    );
    for (const { alarmActions } of alarms) expect(listed(alarmActions)).toHaveLength(run === 'fleet' ? 1 : 0);
  });

  test('S25: rollouts are a durable function, started in the version that was deployed, only where the settings switch them on', () => {
    const durable = functions.filter(({ inputs }) => inputs.durableConfig !== undefined);
    expect(durable.map(({ inputs }) => inputs.name)).toEqual(
      rollsOut(run) ? [`evenkeel-${RUNS[run].stage}-rollout`] : [],
    );
    for (const { inputs } of durable) {
      // 3 days for an answer, 14 for a refresh, a day until it is verified; both in AWS's units.
      expect(inputs.durableConfig).toEqual({ executionTimeout: 30 * 86_400, retentionPeriod: 30 });
      expect(inputs.publish).toBe(true);
    }
    const review = functions.find(({ inputs }) => String(inputs.name).endsWith('-on-review'))!;
    const { variables } = review.inputs.environment as { variables: Record<string, string> };
    expect(variables.EVENKEEL_ROLLOUT !== undefined).toBe(rollsOut(run));
    if (rollsOut(run)) expect(variables.EVENKEEL_ROLLOUT).toMatch(/:function:evenkeel-\w+-rollout:\w+$/);
  });

  test('an alarm tells of rollouts that could not go on by themselves', () => {
    const watched = created(run, 'aws:cloudwatch/metricAlarm:MetricAlarm')
      .map(({ inputs }) => inputs)
      .filter(({ metricName }) => String(metricName).startsWith('Rollouts'));
    const { stage } = RUNS[run];
    expect(watched.map(({ metricName, dimensions }) => [metricName, dimensions])).toEqual(
      rollsOut(run)
        ? [
            ['RolloutsFailed', { service: 'rollout', Stage: stage }],
            ['RolloutsSettled', { service: 'on-settle', Stage: stage }],
          ]
        : [],
    );
  });

  test('the dashboard asks for what functions count under the dimensions it is counted with', () => {
    const [dashboard] = created(run, 'aws:cloudwatch/dashboard:Dashboard');
    const { widgets } = dashboard!.inputs.dashboardBody as {
      widgets: readonly { properties: { metrics: readonly (readonly unknown[])[] } }[];
    };
    const own = widgets
      .flatMap(({ properties }) => properties.metrics)
      .filter(([namespace, name]) => namespace === HEARTBEAT.namespace && name !== HEARTBEAT.metric);
    expect(own.length).toBeGreaterThan(5);
    for (const [, , dimension, work, stage, value] of own) {
      expect([dimension, stage, value]).toEqual(['service', 'Stage', RUNS[run].stage]);
      expect(worksOf(run)).toContain(work);
    }
  });

  test('the dashboard shows functions and queues that exist', () => {
    const [dashboard] = created(run, 'aws:cloudwatch/dashboard:Dashboard');
    const text = JSON.stringify(dashboard!.inputs.dashboardBody);
    const shown = [...text.matchAll(/"FunctionName","([^"]+)"/g)].map(([, name]) => name!);
    expect([...new Set(shown)].sort()).toEqual(namesOf(functions).sort());
    for (const [, name] of text.matchAll(/"QueueName","([^"]+)"/g)) {
      expect(namesOf(queues)).toContain(name);
    }
  });
});

describe('stages', () => {
  test('production keeps its table and is protected from removal; other stages go as a whole', () => {
    const [kept] = created('production', 'aws:dynamodb/table:Table');
    expect(kept).toMatchObject({ retainOnDelete: true, inputs: { deletionProtectionEnabled: true } });
    expect(resultOf('production').app).toMatchObject({ removal: 'retain', protect: true });
    const [gone] = created('single', 'aws:dynamodb/table:Table');
    expect(gone).toMatchObject({ retainOnDelete: false, inputs: { deletionProtectionEnabled: false } });
    expect(resultOf('single').app).toMatchObject({ removal: 'remove', protect: false });
  });

  test('S8: the role of the leases outlives the production stack, as the leases do', () => {
    const lease = created('production', 'aws:iam/role:Role').find(({ name }) => name === 'LeaseRole');
    expect(lease?.retainOnDelete).toBe(true);
  });

  test('everything is deployed in the first region of the settings', () => {
    expect(resultOf('fleet').app).toMatchObject({ providers: { aws: { region: 'eu-west-1' } } });
  });
});

function namesOf(resources: readonly SynthResource[]): string[] {
  return resources.map(({ inputs }) => String(inputs.name));
}

function arnOf({ inputs }: { readonly inputs: Readonly<Record<string, unknown>> }): string {
  return `arn:aws:sqs:eu-west-1:111111111111:${String(inputs.name)}`;
}

function ruleArn(rule: {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}): string {
  const bus = String(rule.inputs.eventBusName);
  const { name = rule.name } = rule.inputs;
  return `arn:aws:events:eu-west-1:111111111111:rule/${bus === 'default' ? '' : `${bus}/`}${String(name)}`;
}

/** The rules a queue's policy lets send to it. */
function sendersOf(run: RunName, queueArn: string): readonly string[] {
  return created(run, 'aws:sqs/queuePolicy:QueuePolicy')
    .flatMap(({ inputs }) => statementsIn(inputs.policy))
    .filter(({ Resource }) => listed(Resource).includes(queueArn))
    .flatMap(({ Condition }) => listed(Condition?.ArnEquals?.['aws:SourceArn']));
}
