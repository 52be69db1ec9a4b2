import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import type { Minute } from '@evenkeel/core/quantities';
import { instanceMetricsContract } from '@evenkeel/engine/contracts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMetricReader } from '../metrics/metric-data.ts';
import { dateOf } from '../time.ts';
import { createInstanceMetrics } from './instance-metrics.ts';

const scaling = mockClient(AutoScalingClient);
const cloudWatch = mockClient(CloudWatchClient);
const REF = { account: '1', region: 'eu-west-1', name: 'web' };
const FROM = 29_000_000 as Minute;

interface Asked {
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

function port(options: { period?: 1 | 5 | undefined; unhealthy?: readonly string[] } = {}) {
  const client = new CloudWatchClient({ region: 'eu-west-1' });
  return createInstanceMetrics({
    autoScaling: new AutoScalingClient({ region: 'eu-west-1' }),
    cloudWatch: client,
    read: createMetricReader(client),
    periods: { of: async () => ['period' in options ? options.period : 1] },
    targetGroups: { unhealthy: async () => new Set(options.unhealthy ?? []) },
  });
}

function instances(...all: readonly [id: string, type: string, state?: string, health?: string][]): void {
  const Instances = all.map(([InstanceId, InstanceType, state = 'InService', health = 'Healthy']) => ({
    InstanceId,
    InstanceType,
    LifecycleState: state,
    HealthStatus: health,
  }));
  scaling
    .on(DescribeAutoScalingGroupsCommand)
    .resolves({ AutoScalingGroups: [{ AutoScalingGroupName: 'web', Instances } as never] });
}

/** Answers each series by what `value` says of it, minute by minute. */
function answer(value: (metric: Asked, at: number) => number | undefined): void {
  cloudWatch.on(GetMetricDataCommand).callsFake(({ MetricDataQueries, StartTime, EndTime }) => {
    const [from, to] = [StartTime.getTime() / 60_000, EndTime.getTime() / 60_000];
    return {
      MetricDataResults: MetricDataQueries.map(
        ({ Id, MetricStat }: { Id: string; MetricStat: { Metric: Asked; Period: number } }) => {
          const period = MetricStat.Period / 60;
          const minutes: number[] = [];
          for (let at = from; at < to; at += period) {
            if (value(MetricStat.Metric, at) !== undefined) minutes.push(at);
          }
          return {
            Id,
            StatusCode: 'Complete',
            Timestamps: minutes.map((at) => dateOf(at as Minute)),
            Values: minutes.map((at) => value(MetricStat.Metric, at)),
          };
        },
      ),
    };
  });
}

const idOf = ({ Dimensions }: Asked) => Dimensions.find(({ Name }) => Name === 'InstanceId')?.Value;

beforeEach(() => {
  scaling.reset();
  cloudWatch.reset();
  cloudWatch.on(ListMetricsCommand).resolves({ Metrics: [] });
});

describe.each([1, 5] as const)('every %d minutes', (period) => {
  instanceMetricsContract('CloudWatch, mocked', async () => {
    const now = (FROM + 600) as Minute;
    scaling.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [] });
    return {
      now: () => now,
      port: port({ period }),
      makeGroup: async () => REF,
      missingGroup: () => ({ ...REF, name: 'none' }),
      async makeBusyGroup() {
        instances(['i-1', 'm6i.large'], ['i-2', 'm6i.large'], ['i-3', 'm6i.large'], ['i-4', 'm6i.large']);
        answer(({ MetricName }, at) => {
          if (at >= now) return undefined;
          return MetricName === 'StatusCheckFailed' ? 0 : 20 + (at % 40);
        });
        return REF;
      },
    };
  });
});

describe('instances one by one', () => {
  it('are those in service, old and new, each with its own CPU as a share and its status checks', async () => {
    instances(
      ['i-old', 'm6i.large'],
      ['i-new', 'm7i.large'],
      ['i-coming', 'm7i.large', 'Pending'],
      ['i-going', 'm6i.large', 'Terminating:Wait'],
    );
    answer(({ MetricName, Dimensions }, at) => {
      if (MetricName === 'mem_used_percent') return undefined;
      if (MetricName === 'StatusCheckFailed') return idOf({ MetricName, Dimensions }) === 'i-new' ? 1 : 0;
      return at === FROM + 1 ? undefined : idOf({ MetricName, Dimensions }) === 'i-old' ? 40 : 25;
    });
    const readings = await port().read(REF, FROM, (FROM + 3) as Minute);
    expect(readings).toEqual({
      intervalMinutes: 1,
      instances: [
        {
          id: 'i-old',
          type: 'm6i.large',
          healthy: true,
          cpu: Float64Array.of(0.4, Number.NaN, 0.4),
          failedChecks: Float64Array.of(0, 0, 0),
        },
        {
          id: 'i-new',
          type: 'm7i.large',
          healthy: true,
          cpu: Float64Array.of(0.25, Number.NaN, 0.25),
          failedChecks: Float64Array.of(1, 1, 1),
        },
      ],
    });
  });

  it('are healthy where both the group and every target group say so', async () => {
    instances(['i-1', 'm6i.large'], ['i-2', 'm6i.large', 'InService', 'Unhealthy'], ['i-3', 'm6i.large']);
    answer(() => 1);
    const { instances: read } = await port({ unhealthy: ['i-3'] }).read(REF, FROM, (FROM + 1) as Minute);
    expect(read.map(({ healthy }) => healthy)).toEqual([true, false, false]);
  });

  it('have memory where the agent reports, under the dimensions it was told to add', async () => {
    instances(['i-1', 'm6i.large'], ['i-2', 'm7i.large'], ['i-3', 'm7i.large']);
    const dimensions = (id: string, more: readonly string[]) => ({
      Dimensions: [
        { Name: 'AutoScalingGroupName', Value: 'web' },
        { Name: 'InstanceId', Value: id },
        ...more.map((Name) => ({ Name, Value: 'x' })),
      ],
    });
    cloudWatch
      .on(ListMetricsCommand)
      .resolvesOnce({ Metrics: [dimensions('i-1', ['ImageId', 'InstanceType'])], NextToken: 'more' })
      .resolves({ Metrics: [dimensions('i-1', ['ImageId']), { Dimensions: [] }] });
    answer(({ MetricName, Dimensions }) => {
      if (MetricName !== 'mem_used_percent') return 10;
      const names = Dimensions.map(({ Name }) => Name);
      if (names.length === 3) return 60;
      // The second reports under its id alone, the third not at all.
      return idOf({ MetricName, Dimensions }) === 'i-2' ? 45 : undefined;
    });
    const { instances: read } = await port().read(REF, FROM, (FROM + 1) as Minute);
    expect(read.map(({ memory }) => memory?.[0])).toEqual([0.6, 0.45, undefined]);
    expect(read[2]).not.toHaveProperty('memory');
  });

  it.each([
    ['basic monitoring', 5],
    ['monitoring that nobody could measure', undefined],
  ])('are read in whole intervals of five minutes with %s', async (_, period) => {
    instances(['i-1', 'm6i.large']);
    answer(() => 50);
    const readings = await port({ period: period as 5 | undefined }).read(
      REF,
      (FROM + 2) as Minute,
      (FROM + 17) as Minute,
    );
    expect(readings.intervalMinutes).toBe(5);
    expect([...(readings.instances[0]?.cpu ?? [])]).toEqual([0.5, 0.5]);
    const [call] = cloudWatch.commandCalls(GetMetricDataCommand);
    expect(call?.args[0].input.StartTime).toEqual(dateOf((FROM + 5) as Minute));
  });

  it('are read in full batches: 400 instances are 1,200 series in three calls', async () => {
    instances(...Array.from({ length: 400 }, (_, i) => [`i-${i}`, 'm6i.large'] as [string, string]));
    answer(({ MetricName, Dimensions }) =>
      MetricName === 'CPUUtilization' ? Number(idOf({ MetricName, Dimensions })?.slice(2)) / 10 : undefined,
    );
    const { instances: read } = await port().read(REF, FROM, (FROM + 1) as Minute);
    expect(read[399]?.cpu[0]).toBeCloseTo(0.399);
    expect(read[123]?.cpu[0]).toBeCloseTo(0.123);
    expect(cloudWatch.commandCalls(GetMetricDataCommand)).toHaveLength(3);
  });

  it('have no figures, and are no error, before the first interval is over', async () => {
    instances(['i-1', 'm6i.large']);
    const { instances: read } = await port().read(REF, FROM, FROM);
    expect(read[0]?.cpu).toHaveLength(0);
  });

  it('reject where CloudWatch gives part of the data only', async () => {
    instances(['i-1', 'm6i.large']);
    cloudWatch.on(GetMetricDataCommand).callsFake(({ MetricDataQueries }) => ({
      MetricDataResults: MetricDataQueries.map(({ Id }: { Id: string }) => ({
        Id,
        StatusCode: 'PartialData',
      })),
    }));
    await expect(port().read(REF, FROM, (FROM + 5) as Minute)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
