import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { Minute } from '@evenkeel/core/quantities';
import { refreshesContract } from '@evenkeel/engine/contracts';
import type { RefreshPreferences } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { clientConfig } from '../clients.ts';
import { QueryRefusal } from '../testing/query-protocol.ts';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { refreshService } from '../testing/refresh-service.ts';
import { createRefreshes } from './refreshes.ts';

const NOW = (Date.UTC(2026, 2, 2, 12, 0) / 60_000) as Minute;
const REF = { account: '111122223333', region: 'eu-west-1', name: 'web' };
const TEMPLATE = { LaunchTemplateId: 'lt-0a1b', LaunchTemplateName: 'web', Version: '7' };
const CONTEXT = { decisionId: 'rollout/p-1/shape-started' };
const SHAPE = { types: ['m7i.large', 'm6i.large'] };
const PREFERENCES: RefreshPreferences = {
  maxHealthyPercent: 113,
  checkpoints: [13, 100],
  checkpointDelay: 90,
  bake: 30,
  warmup: 100 / 60,
  alarms: ['evenkeel-guard-web-latency'],
};

function stage() {
  const aws = refreshService(() => NOW);
  aws.addGroup('web', TEMPLATE);
  aws.alarms.set('evenkeel-guard-web-latency', 'OK');
  const client = new AutoScalingClient({
    ...clientConfig({ region: 'eu-west-1', maxAttempts: 2 }),
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    retryStrategy: { mode: 'standard', ...quickly() },
    requestHandler: aws.handler,
  });
  const port = createRefreshes({ client, now: sleepingClock(NOW * 60_000).timing.now });
  const sent = (action: string) => aws.requests.filter((each) => each.action === action);
  return { aws, port, sent };
}

/** One more try, at once. */
function quickly() {
  return {
    acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
    refreshRetryTokenForRetry: async (token: { getRetryCount(): number }) => {
      if (token.getRetryCount() >= 1) throw new Error('no more tries');
      return { getRetryCount: () => token.getRetryCount() + 1, getRetryDelay: () => 0 };
    },
    recordSuccess: () => {},
  };
}

refreshesContract('AWS adapter on a fake of the API', async () => {
  const { aws, port } = stage();
  aws.addGroup('latest', { ...TEMPLATE, Version: '$Latest' });
  return {
    now: () => NOW,
    port,
    makeGroup: async () => REF,
    makeLatestGroup: async () => ({ ...REF, name: 'latest' }),
    missingGroup: () => ({ ...REF, name: 'none' }),
    async badAlarm() {
      aws.alarms.set('evenkeel-guard-web-latency', 'INSUFFICIENT_DATA');
      return 'evenkeel-guard-web-latency';
    },
  };
});

describe('start, on the wire', () => {
  it('asks for launch before terminate, rollback by AWS, checkpoints in seconds, and says which decision it was (S27)', async () => {
    const { port, sent } = stage();
    await port.start(REF, SHAPE, PREFERENCES, CONTEXT);
    const [request] = sent('StartInstanceRefresh');
    expect(request?.userAgent).toContain('evenkeel-decision/rollout%2Fp-1%2Fshape-started');
    expect(request?.fields).toEqual({
      Version: '2011-01-01',
      AutoScalingGroupName: 'web',
      Strategy: 'Rolling',
      DesiredConfiguration: {
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateId: 'lt-0a1b', Version: '7' },
            Overrides: [{ InstanceType: 'm7i.large' }, { InstanceType: 'm6i.large' }],
          },
          InstancesDistribution: {
            OnDemandAllocationStrategy: 'prioritized',
            OnDemandBaseCapacity: '0',
            OnDemandPercentageAboveBaseCapacity: '100',
          },
        },
      },
      Preferences: {
        MinHealthyPercentage: '100',
        MaxHealthyPercentage: '113',
        CheckpointPercentages: ['13', '100'],
        CheckpointDelay: '5400',
        BakeTime: '1800',
        InstanceWarmup: '100',
        AutoRollback: 'true',
        SkipMatching: 'false',
        ScaleInProtectedInstances: 'Wait',
        StandbyInstances: 'Wait',
        AlarmSpecification: { Alarms: ['evenkeel-guard-web-latency'] },
      },
    });
  });

  it('S18: is built from the group as it is now: purchase split, template and version, with only the types changed', async () => {
    const { aws, port, sent } = stage();
    const split = { OnDemandBaseCapacity: '2', OnDemandPercentageAboveBaseCapacity: '25' };
    const policy = (Version: string) => ({
      LaunchTemplate: {
        LaunchTemplateSpecification: { ...TEMPLATE, Version },
        Overrides: [{ InstanceType: 'm5.large' }],
      },
      InstancesDistribution: split,
    });
    aws.addGroup('web', TEMPLATE, { MixedInstancesPolicy: policy('7') });
    // A deploy between proposal and start.
    aws.addGroup('web', TEMPLATE, { MixedInstancesPolicy: policy('8') });
    await port.start(REF, SHAPE, PREFERENCES, CONTEXT);
    expect(sent('StartInstanceRefresh')[0]?.fields.DesiredConfiguration).toEqual({
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: 'lt-0a1b', Version: '8' },
          Overrides: [{ InstanceType: 'm7i.large' }, { InstanceType: 'm6i.large' }],
        },
        InstancesDistribution: split,
      },
    });
  });

  it.each([
    ['$Latest', '$Latest'],
    ['$Default', '$Default'],
  ])('S18: never turns %s into a number', async (Version, sentAs) => {
    const { aws, port, sent } = stage();
    aws.addGroup('web', { LaunchTemplateName: 'web', Version });
    await port.start(REF, SHAPE, PREFERENCES, CONTEXT);
    expect(JSON.stringify(sent('StartInstanceRefresh')[0]?.fields)).toContain(
      `"LaunchTemplateSpecification":{"LaunchTemplateName":"web","Version":"${sentAs}"}`,
    );
  });

  it('gives each type of another architecture the template of that architecture', async () => {
    const { port, sent } = stage();
    const shape = { types: ['m7g.large', 'm6g.large'], template: { template: 'web-arm64', version: 3 } };
    await port.start(REF, shape, PREFERENCES, CONTEXT);
    const fields = JSON.stringify(sent('StartInstanceRefresh')[0]?.fields);
    const own = '"LaunchTemplateSpecification":{"LaunchTemplateName":"web-arm64","Version":"3"}';
    expect(fields).toContain(`{"InstanceType":"m7g.large",${own}}`);
    expect(fields).toContain(`{"InstanceType":"m6g.large",${own}}`);
  });

  it.each([
    ['a launch configuration', { LaunchConfigurationName: 'old' }, /no launch template/],
    [
      'attribute-based selection',
      {
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: TEMPLATE,
            Overrides: [{ InstanceRequirements: { VCpuCount: { Min: '2' }, MemoryMiB: { Min: '4096' } } }],
          },
        },
      },
      /by attributes/,
    ],
  ])('is refused, and nothing sent, for a group with %s', async (_, fields, message) => {
    const { aws, port, sent } = stage();
    aws.addGroup('web', TEMPLATE, fields);
    const starting = port.start(REF, SHAPE, PREFERENCES, CONTEXT);
    await expect(starting).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
    expect(sent('StartInstanceRefresh')).toHaveLength(0);
  });

  it('takes the refresh for its own where the answer was lost and the SDK asked again', async () => {
    const { aws, port, sent } = stage();
    aws.next('StartInstanceRefresh', { loseAnswer: true });
    expect(await port.start(REF, SHAPE, PREFERENCES, CONTEXT)).toBe('refresh-1');
    expect(sent('StartInstanceRefresh')).toHaveLength(2);
    expect(aws.started()).toBe(1);
  });

  it('is not sure of a refresh that does not show yet: it rejects so that the step is tried again', async () => {
    const { aws, port } = stage();
    aws.lag.readings = 1;
    aws.next('StartInstanceRefresh', { loseAnswer: true });
    await expect(port.start(REF, SHAPE, PREFERENCES, CONTEXT)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await port.start(REF, SHAPE, PREFERENCES, CONTEXT)).toBe('refresh-1');
    expect(aws.started()).toBe(1);
  });

  it.each([
    ['Throttling', 'Rate exceeded', 'throttled'],
    ['AccessDenied', 'User: x is not authorized to perform: ec2:RunInstances on resource: y', 'denied'],
    ['LimitExceeded', 'too many', 'quota'],
  ])('rejects on %s by its meaning', async (code, message, meaning) => {
    const { aws, port } = stage();
    const refuse = new QueryRefusal(code, message);
    aws.next('StartInstanceRefresh', { refuse }, { refuse });
    await expect(port.start(REF, SHAPE, PREFERENCES, CONTEXT)).rejects.toMatchObject({ code: meaning });
  });
});

describe('latest', () => {
  it.each([
    ['Pending', 'pending'],
    ['InProgress', 'in-progress'],
    ['Baking', 'baking'],
    ['Cancelling', 'cancelling'],
    ['Cancelled', 'cancelled'],
    ['RollbackInProgress', 'rolling-back'],
    ['RollbackSuccessful', 'rolled-back'],
    ['RollbackFailed', 'rollback-failed'],
    ['Successful', 'successful'],
    ['Failed', 'failed'],
    ['SomethingNew', 'in-progress'],
  ])('tells %s as %s', async (status, told) => {
    const { aws, port } = stage();
    await port.start(REF, SHAPE, PREFERENCES, CONTEXT);
    aws.move('web', status);
    expect((await port.latest(REF))?.status).toBe(told);
  });

  it('tells how far it is, what AWS says of it, when it ended and what it moves to', async () => {
    const { aws, port } = stage();
    await port.start(REF, SHAPE, PREFERENCES, CONTEXT);
    aws.move('web', 'RollbackSuccessful', {
      PercentageComplete: '40',
      InstancesToUpdate: '6',
      StatusReason: 'alarm evenkeel-guard-web-latency went into ALARM',
      EndTime: '2026-03-02T13:30:10Z',
    });
    expect(await port.latest(REF)).toEqual({
      id: 'refresh-1',
      status: 'rolled-back',
      percent: 40,
      toReplace: 6,
      reason: 'alarm evenkeel-guard-web-latency went into ALARM',
      startedAt: NOW,
      endedAt: NOW + 90,
      types: ['m7i.large', 'm6i.large'],
    });
  });

  it('reads one that has not begun as begun now, and one without a desired configuration as without types', async () => {
    const { aws, port } = stage();
    await port.start(REF, SHAPE, PREFERENCES, CONTEXT);
    aws.move('web', 'Pending', { StartTime: undefined, DesiredConfiguration: undefined });
    expect(await port.latest(REF)).toEqual({
      id: 'refresh-1',
      status: 'pending',
      percent: 0,
      startedAt: NOW,
    });
  });

  it('is nothing where the group is gone', async () => {
    expect(await stage().port.latest({ ...REF, name: 'none' })).toBeUndefined();
  });
});
