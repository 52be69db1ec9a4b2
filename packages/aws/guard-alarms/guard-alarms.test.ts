import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch';
import { type Guard, guardsFor } from '@evenkeel/core/rollout';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BalancerName } from '../metrics/guard-reading.ts';
import { createGuardAlarms } from './guard-alarms.ts';

const alarms = mockClient(CloudWatchClient);
const scaling = mockClient(AutoScalingClient);
const REF = { account: '111122223333', region: 'eu-west-1', name: 'web' };
const CONTEXT = { decisionId: 'd' };
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/50dc';
const SHOP: BalancerName = { TargetGroup: 'targetgroup/web/50dc', LoadBalancer: 'app/shop/73e2' };
const TCP: BalancerName = { TargetGroup: 'targetgroup/tcp/11aa', LoadBalancer: 'net/tcp/22bb' };

const GUARDS = guardsFor({ group: 'web', targetGroups: [ARN], size: 10, usualLatency: 0.2 }).guards;
const THRESHOLDS = new Map(
  GUARDS.flatMap((guard) =>
    guard.kind === 'named' ? [] : [[guard.kind as string, guard.threshold] as const],
  ),
);
const names = (guards: readonly Guard[]) => guards.map(({ name }) => name);

function port(balancers: readonly BalancerName[] = [SHOP]) {
  const asked: (readonly string[])[] = [];
  const port = createGuardAlarms({
    cloudWatch: new CloudWatchClient({ region: 'eu-west-1' }),
    autoScaling: new AutoScalingClient({ region: 'eu-west-1' }),
    targetGroups: {
      names: async (arns) => {
        asked.push(arns);
        return balancers;
      },
    },
    stage: 'production',
  });
  return { port, asked };
}

function made(): Map<string | undefined, PutMetricAlarmInput> {
  const inputs = alarms.commandCalls(PutMetricAlarmCommand).map((each) => each.args[0].input);
  return new Map(inputs.map((input) => [input.AlarmName?.replace('evenkeel-guard-web-', ''), input]));
}

const series = (input: PutMetricAlarmInput | undefined) =>
  (input?.Metrics ?? []).flatMap(({ MetricStat: stat }) =>
    stat ? [[stat.Metric?.MetricName, stat.Stat, stat.Metric?.Dimensions?.map(({ Value }) => Value)]] : [],
  );
const expressions = (input: PutMetricAlarmInput | undefined) =>
  (input?.Metrics ?? []).flatMap(({ Expression }) => Expression ?? []);

beforeEach(() => {
  alarms.reset();
  scaling.reset();
  alarms.on(PutMetricAlarmCommand).resolves({}).on(DeleteAlarmsCommand).resolves({});
  alarms.on(DescribeAlarmsCommand).resolves({});
  scaling
    .on(DescribeAutoScalingGroupsCommand)
    .resolves({ AutoScalingGroups: [{ AutoScalingGroupName: 'web', TargetGroupARNs: [ARN] } as never] });
});

describe('S20: guards made as alarms', () => {
  it('watches unhealthy hosts, failed requests and latency of the target groups of the group as it is now', async () => {
    const { port: guards, asked } = port();
    await guards.create(REF, GUARDS, CONTEXT);
    expect(asked).toEqual([[ARN]]);
    const all = made();
    expect(THRESHOLDS.get('latency')).toBe(0.4);
    expect([...all.keys()]).toEqual(['unhealthy-hosts', 'target-5xx', 'latency', 'dead-man']);
    expect(series(all.get('unhealthy-hosts'))).toEqual([
      ['UnHealthyHostCount', 'Maximum', ['targetgroup/web/50dc', 'app/shop/73e2']],
    ]);
    expect(series(all.get('target-5xx')).map(([metric]) => metric)).toEqual([
      'RequestCount',
      'HTTPCode_Target_5XX_Count',
    ]);
    expect(series(all.get('latency')).map(([metric, stat]) => [metric, stat])).toEqual([
      ['TargetResponseTime', 'p90'],
    ]);
    for (const kind of ['unhealthy-hosts', 'target-5xx', 'latency']) {
      expect(all.get(kind)).toMatchObject({
        TreatMissingData: 'ignore',
        ActionsEnabled: false,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: THRESHOLDS.get(kind),
      });
      expect(all.get(kind)?.Metrics?.filter(({ ReturnData }) => ReturnData)).toHaveLength(1);
    }
  });

  it('takes the share of failed requests over all target groups, of minutes with enough of them', async () => {
    const other = { TargetGroup: 'targetgroup/api/1', LoadBalancer: 'app/shop/73e2' };
    await port([SHOP, other]).port.create(REF, GUARDS, CONTEXT);
    expect(expressions(made().get('target-5xx'))).toEqual([
      'SUM([r0, r1])',
      'requests * 0',
      'SUM([none, e0, e1])',
      'IF(requests >= 20, errors / requests, 0)',
    ]);
    expect(expressions(made().get('latency'))).toEqual(['MAX([m0, m1])']);
  });

  it('waits out the start of new instances: no single bad minute rolls anything back', async () => {
    await port().port.create(REF, GUARDS, CONTEXT);
    const patience = [...made()].map(([kind, { EvaluationPeriods: of, DatapointsToAlarm: bad }]) => [
      kind,
      bad,
      of,
    ]);
    expect(patience).toEqual([
      ['unhealthy-hosts', 10, 10],
      ['target-5xx', 3, 5],
      ['latency', 5, 10],
      ['dead-man', 3, 3],
    ]);
  });

  it('S19: the dead man goes off where no tick was seen for 15 minutes, and missing counts as that', async () => {
    await port().port.create(REF, GUARDS, CONTEXT);
    expect(made().get('dead-man')).toMatchObject({
      Namespace: 'Evenkeel',
      MetricName: 'Tick',
      Dimensions: [{ Name: 'Stage', Value: 'production' }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    ['no load balancer stands before the target group', [], ['dead-man']],
    ['it is one of the network, which knows no requests', [TCP], ['unhealthy-hosts', 'dead-man']],
    [
      'there are more target groups than one alarm takes',
      Array.from({ length: 6 }, (_, i) => ({ ...SHOP, TargetGroup: `targetgroup/web/${i}` })),
      ['unhealthy-hosts', 'latency', 'dead-man'],
    ],
  ])('makes only what can be watched where %s; the others stay missing', async (_, balancers, kinds) => {
    const { port: guards } = port(balancers);
    await guards.create(REF, GUARDS, CONTEXT);
    expect([...made().keys()]).toEqual(kinds);
    expect(new Set(await guards.states(REF, names(GUARDS)))).toEqual(new Set(['missing']));
  });

  it('watches the hosts of a network load balancer in its own name space', async () => {
    await port([TCP]).port.create(REF, GUARDS, CONTEXT);
    const [metric] = made().get('unhealthy-hosts')?.Metrics ?? [];
    expect(metric?.MetricStat?.Metric?.Namespace).toBe('AWS/NetworkELB');
  });

  it("never makes the owner's alarm, nor one that is not named as Evenkeel's", async () => {
    const { port: guards } = port();
    await guards.create(REF, [{ kind: 'named', name: 'shop-errors' }], CONTEXT);
    const foreign: Guard = { kind: 'latency', name: 'shop-latency', threshold: 1, missing: 'ignore' };
    await expect(guards.create(REF, [foreign], CONTEXT)).rejects.toMatchObject({ code: 'invalid' });
    expect(alarms.commandCalls(PutMetricAlarmCommand)).toHaveLength(0);
  });

  it.each([
    ['Throttling', 'throttled'],
    ['LimitExceededFault', 'quota'],
    ['AccessDenied', 'denied'],
  ])('passes on that AWS refused with %s', async (name, code) => {
    alarms.on(PutMetricAlarmCommand).rejects(Object.assign(new Error('no'), { name }));
    await expect(port().port.create(REF, GUARDS, CONTEXT)).rejects.toMatchObject({ code });
  });
});

describe('states', () => {
  it('tells metric and composite alarms alike, in the order asked for, in full batches', async () => {
    alarms.on(DescribeAlarmsCommand).callsFake(({ AlarmNames, AlarmTypes }) => ({
      MetricAlarms: AlarmNames.includes('a') ? [{ AlarmName: 'a', StateValue: 'OK' }] : [],
      CompositeAlarms:
        AlarmNames.includes('c') && AlarmTypes.includes('CompositeAlarm')
          ? [{ AlarmName: 'c', StateValue: 'INSUFFICIENT_DATA' }]
          : [],
    }));
    const many = Array.from({ length: 120 }, (_, index) => `x${index}`);
    const states = await port().port.states(REF, ['c', ...many, 'a']);
    expect([states[0], states[1], states.at(-1)]).toEqual(['insufficient-data', 'missing', 'ok']);
    expect(alarms.commandCalls(DescribeAlarmsCommand)).toHaveLength(2);
  });
});

describe('remove', () => {
  const standing = (...kinds: readonly string[]) =>
    alarms.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: kinds.map((kind) => ({ AlarmName: `evenkeel-guard-web-${kind}`, StateValue: 'OK' })),
    });
  const removed = () => alarms.commandCalls(DeleteAlarmsCommand).map((each) => each.args[0].input.AlarmNames);

  it('takes away those that stand, in one call, and asks nothing where none does', async () => {
    standing('dead-man', 'latency');
    await port().port.remove(REF, names(GUARDS), CONTEXT);
    expect(removed()).toEqual([['evenkeel-guard-web-dead-man', 'evenkeel-guard-web-latency']]);
    alarms.resetHistory();
    standing();
    await port().port.remove(REF, names(GUARDS), CONTEXT);
    expect(removed()).toEqual([]);
  });

  it('takes away the others where somebody removed one meanwhile', async () => {
    standing('dead-man', 'latency');
    const missing = Object.assign(new Error('gone'), { name: 'ResourceNotFound' });
    alarms.on(DeleteAlarmsCommand).rejectsOnce(missing).rejectsOnce(missing).resolves({});
    await port().port.remove(REF, names(GUARDS), CONTEXT);
    expect(removed().slice(1)).toEqual([['evenkeel-guard-web-dead-man'], ['evenkeel-guard-web-latency']]);
  });

  it("S20: refuses the owner's alarm and removes nothing", async () => {
    standing('dead-man');
    const both = ['evenkeel-guard-web-dead-man', 'shop-errors'];
    await expect(port().port.remove(REF, both, CONTEXT)).rejects.toMatchObject({ code: 'invalid' });
    expect(removed()).toEqual([]);
  });
});
