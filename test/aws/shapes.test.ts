import { PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { ModifyTargetGroupAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { dateOf } from '@evenkeel/aws';
import { refreshService } from '@evenkeel/aws/testing/refresh-service';
import type { Minute } from '@evenkeel/core/quantities';
import { guardsFor } from '@evenkeel/core/rollout';
import { guardAlarmsContract } from '@evenkeel/engine/contracts';
import type { GroupRef } from '@evenkeel/engine/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION } from './aws-harness.ts';
import {
  alarmsOf,
  makeGroup,
  openShapes,
  quotaAnswer,
  refreshAnswer,
  type Shapes,
  setState,
  setVcpus,
  ZONES,
} from './shapes-harness.ts';

guardAlarmsContract('CloudWatch on the emulator', async () => {
  const shapes = await openShapes();
  return {
    now: () => shapes.aws.now(),
    port: shapes.ports.guardAlarms,
    makeGroup: async () => (await makeGroup(shapes)).ref,
    missingGroup: () => ({ account: ACCOUNT, region: REGION, name: 'no-such-group' }),
    async setOwners(AlarmName, state) {
      const command = new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'Shop',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 1,
      });
      await shapes.clients.cloudWatch.send(command);
      await setState(shapes, AlarmName, state);
    },
    close: () => shapes.aws.close(),
  };
});

describe('a change of shape, against the emulator', () => {
  let shapes: Shapes;
  let ref: GroupRef;
  let targetGroup: string;

  beforeEach(async () => {
    shapes = await openShapes();
    ({ ref, targetGroup } = await makeGroup(shapes));
    await setVcpus(shapes, 208);
    shapes.aws.front.interceptor = quotaAnswer;
  });
  afterEach(() => shapes.aws.close());

  it('a preflight reads template, zones, room, image, balancing and the dry run', async () => {
    const types = ['m6i.large', 'm5.xlarge'];
    const facts = await shapes.ports.shapeFacts.read(ref, { types });
    expect(facts).toMatchObject({
      template: expect.stringMatching(/^lt-[0-9a-f]+:1$/),
      instanceRequirements: false,
      offered: { 'm6i.large': ZONES, 'm5.xlarge': ZONES },
      vcpuQuota: { used: 208, allowed: 640 },
      imageArchitecture: 'x86_64',
      balancing: { algorithm: 'round-robin', slowStart: false },
    });
    expect(facts.freeAddresses).toBeGreaterThan(1000);
    expect(facts).not.toHaveProperty('dryRunRefused');
    const launches = shapes.aws.front.requests.filter(({ operation }) => operation === 'RunInstances');
    expect(launches).toHaveLength(2);
    for (const { body } of launches) expect(body).toContain('DryRun=true');
  });

  it('S21: a preflight sees that the load balancer watches how busy targets are', async () => {
    const command = new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: targetGroup,
      Attributes: [
        { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
        { Key: 'slow_start.duration_seconds', Value: '60' },
      ],
    });
    await shapes.clients.balancing.send(command);
    expect(await shapes.ports.shapeFacts.balancing(ref)).toEqual({ algorithm: 'other', slowStart: true });
  });

  it("S20: guards of the group's own load balancer are made, watched by the refresh, and taken away", async () => {
    const { guards } = guardsFor({ group: 'web', targetGroups: [targetGroup], size: 4, usualLatency: 0.2 });
    const names = guards.map(({ name }) => name);
    await shapes.ports.guardAlarms.create(ref, guards, { decisionId: 'd-1' });
    expect(await alarmsOf(shapes)).toEqual(names.toSorted());
    const put = shapes.aws.front.requests.filter(({ operation }) => operation === 'PutMetricAlarm');
    expect(put).toHaveLength(names.length);
    for (const { userAgent } of put) expect(userAgent).toContain('evenkeel-decision/d-1');

    const provider = refreshService(() => shapes.aws.now());
    provider.addGroup('web', { LaunchTemplateName: 'web', Version: '1' });
    shapes.aws.front.interceptor = (request) => refreshAnswer(request, provider);
    const begin = () =>
      shapes.ports.refreshes.start(
        ref,
        { types: ['m6i.large'] },
        { maxHealthyPercent: 125, checkpoints: [25, 100], checkpointDelay: 60, bake: 30, alarms: names },
        { decisionId: 'd-1' },
      );
    await expect(begin()).rejects.toMatchObject({ code: 'invalid' });
    for (const name of names) {
      await setState(shapes, name, 'ok');
      provider.alarms.set(name, 'OK');
    }
    expect(new Set(await shapes.ports.guardAlarms.states(ref, names))).toEqual(new Set(['ok']));
    const id = await begin();
    await shapes.ports.refreshes.rollBack(ref, { decisionId: 'd-1' });
    expect(await shapes.ports.refreshes.latest(ref)).toMatchObject({ id, status: 'rolling-back' });

    await shapes.ports.guardAlarms.remove(ref, names, { decisionId: 'd-1' });
    expect(new Set(await shapes.ports.guardAlarms.states(ref, names))).toEqual(new Set(['missing']));
  });

  it('instances are read one by one, each with its own CPU', async () => {
    const now = () => shapes.aws.now();
    const from = (now() - 30) as Minute;
    const before = await shapes.ports.instanceMetrics.read(ref, from, now());
    expect(before.instances).toHaveLength(4);
    const MetricData = before.instances.flatMap(({ id }, index) =>
      Array.from({ length: 30 }, (_, minute) => ({
        MetricName: 'CPUUtilization',
        Dimensions: [{ Name: 'InstanceId', Value: id }],
        Timestamp: dateOf((from + minute) as Minute),
        Value: 10 * (index + 1),
      })),
    );
    await shapes.clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }));
    const { instances, intervalMinutes } = await shapes.ports.instanceMetrics.read(ref, from, now());
    expect(intervalMinutes).toBe(5);
    const cpu = instances.map((each) => [...each.cpu].map((value) => Math.round(100 * value)));
    expect(cpu).toEqual([10, 20, 30, 40].map((percent) => Array.from({ length: 6 }, () => percent)));
    expect(instances.every(({ type, healthy }) => type === 'm5.large' && healthy)).toBe(true);
  });
});
