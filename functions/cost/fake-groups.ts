import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import type { Answer } from './fake-aws.ts';

interface FakeAction {
  readonly ScheduledActionName: string;
  readonly StartTime: Date;
  readonly MinSize?: number;
}

interface FakeGroup {
  readonly name: string;
  minSize: number;
  actions: FakeAction[];
  /** Minutes by which its day is shifted. */
  readonly phase: number;
  policy: Record<string, unknown>;
}

interface GroupInput {
  readonly AutoScalingGroupName?: string;
  readonly AutoScalingGroupNames?: readonly string[];
  readonly ScheduledUpdateGroupActions?: readonly FakeAction[];
  readonly ScheduledActionNames?: readonly string[];
  readonly TargetTrackingConfiguration?: unknown;
}

interface MetricInput {
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Period: number;
      readonly Stat: string;
      readonly Metric: {
        readonly Dimensions: readonly { readonly Value: string }[];
        readonly MetricName: string;
      };
    };
  }[];
}

const MIN = 2;
const MAX = 40;
const OWNERS_TARGET = 0.5;

/** Groups with an office's demand and some noise, their metrics, and AWS's own hand on their scheduled actions. */
export function createFakeGroups(size: number, now: () => number) {
  const groups = new Map<string, FakeGroup>();
  for (let index = 0; index < size; index += 1) {
    const name = `group-${index}`;
    groups.set(name, { name, minSize: MIN, actions: [], phase: index * 7, policy: policyOf(name) });
  }
  const of = (input: unknown) => groups.get((input as GroupInput).AutoScalingGroupName ?? '')!;

  /** AWS runs the scheduled actions that are due. */
  const runDue = (): void => {
    for (const group of groups.values()) {
      const due = group.actions.filter(({ StartTime }) => StartTime.getTime() <= now());
      for (const { MinSize } of due) group.minSize = MinSize ?? group.minSize;
      if (due.length > 0) group.actions = group.actions.filter((action) => !due.includes(action));
    }
  };

  const answers: Record<string, Answer> = {
    'autoscaling:DescribeAutoScalingGroups': (raw) => {
      const wanted = (raw as GroupInput).AutoScalingGroupNames;
      return {
        AutoScalingGroups: [...groups.values()]
          .filter(({ name }) => wanted?.includes(name) ?? true)
          .map((group) => described(group, now())),
      };
    },
    'autoscaling:DescribePolicies': (raw) => {
      const name = (raw as GroupInput).AutoScalingGroupName;
      return {
        ScalingPolicies: [...groups.values()]
          .filter((group) => name === undefined || group.name === name)
          .map(({ policy }) => policy),
      };
    },
    'autoscaling:DescribeScheduledActions': (raw) => ({ ScheduledUpdateGroupActions: of(raw).actions }),
    'autoscaling:DescribeInstanceRefreshes': () => ({ InstanceRefreshes: [] }),
    'autoscaling:DescribeScalingActivities': () => ({ Activities: [] }),
    'autoscaling:BatchPutScheduledUpdateGroupAction': (raw) => {
      const group = of(raw);
      const put = (raw as GroupInput).ScheduledUpdateGroupActions ?? [];
      const names = new Set(put.map(({ ScheduledActionName }) => ScheduledActionName));
      group.actions = [
        ...group.actions.filter(({ ScheduledActionName }) => !names.has(ScheduledActionName)),
        ...put,
      ];
      return {};
    },
    'autoscaling:BatchDeleteScheduledAction': (raw) => {
      const group = of(raw);
      const names = (raw as GroupInput).ScheduledActionNames ?? [];
      group.actions = group.actions.filter(({ ScheduledActionName }) => !names.includes(ScheduledActionName));
      return {};
    },
    'autoscaling:PutScalingPolicy': (raw) => {
      const group = of(raw);
      group.policy = {
        ...group.policy,
        TargetTrackingConfiguration: (raw as GroupInput).TargetTrackingConfiguration,
      };
      return {};
    },
    'cloudwatch:GetMetricData': (raw, count) => {
      const { MetricDataQueries: queries } = raw as MetricInput;
      count('metricsAskedFor', queries.length);
      return { MetricDataResults: queries.map((query) => seriesOf(query, raw as MetricInput, now())) };
    },
    'cloudwatch:ListMetrics': (_, count) => {
      count('metricApiCalls', 1);
      return { Metrics: [] };
    },
    'cloudwatch:PutMetricData': (_, count) => {
      count('metricApiCalls', 1);
      return {};
    },
  };
  return { answers, runDue };

  function seriesOf(
    { Id, MetricStat }: MetricInput['MetricDataQueries'][number],
    { StartTime, EndTime }: MetricInput,
    at: number,
  ) {
    const group = groups.get(MetricStat.Metric.Dimensions[0]?.Value ?? '');
    if (!group || MetricStat.Metric.MetricName !== 'CPUUtilization') {
      return { Id, StatusCode: 'Complete', Timestamps: [], Values: [] };
    }
    const period = MetricStat.Period / 60;
    const first = Math.ceil(StartTime.getTime() / 60_000 / period) * period;
    const end = Math.min(EndTime.getTime(), at - 120_000) / 60_000;
    const Timestamps: Date[] = [];
    const Values: number[] = [];
    for (let minute = first; minute + period <= end; minute += period) {
      Timestamps.push(new Date(minute * 60_000));
      Values.push(readingOf(group, minute, period, MetricStat.Stat));
    }
    return { Id, StatusCode: 'Complete', Timestamps, Values };
  }
}

/** Demand in instances fully busy: an office's day, with 5 % of noise that is a function of the minute. */
function demandAt({ phase }: FakeGroup, minute: number): number {
  const hour = ((minute + phase) % MINUTES_PER_DAY) / 60;
  const day = 0.5 - 0.5 * Math.cos(((hour - 3) / 24) * 2 * Math.PI);
  const noise = Math.sin(minute * 12.9898 + phase * 78.233) * 43_758.5453;
  return (2 + 6 * day) * (0.95 + 0.1 * (noise - Math.floor(noise)));
}

function instancesAt(group: FakeGroup, minute: number): number {
  return Math.min(MAX, Math.max(group.minSize, Math.ceil(demandAt(group, minute - 5) / OWNERS_TARGET)));
}

function readingOf(group: FakeGroup, minute: number, period: number, statistic: string): number {
  let sum = 0;
  let samples = 0;
  for (let at = minute; at < minute + period; at += 1) {
    const instances = instancesAt(group, at);
    sum += Math.min(instances, demandAt(group, at)) * 100;
    samples += instances;
  }
  if (statistic === 'SampleCount') return samples;
  return statistic === 'Sum' ? sum : sum / samples;
}

function policyOf(name: string): Record<string, unknown> {
  return {
    AutoScalingGroupName: name,
    PolicyName: `${name}-cpu`,
    PolicyType: 'TargetTrackingScaling',
    Enabled: true,
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: OWNERS_TARGET * 100,
    },
  };
}

function described(group: FakeGroup, at: number): object {
  const instances = instancesAt(group, Math.floor(at / 60_000));
  return {
    AutoScalingGroupName: group.name,
    MinSize: group.minSize,
    MaxSize: MAX,
    DesiredCapacity: instances,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    Instances: Array.from({ length: instances }, (_, index) => ({
      InstanceId: `i-${index}`,
      InstanceType: 'm7g.large',
      LifecycleState: 'InService',
      HealthStatus: 'Healthy',
    })),
    LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' },
    Tags: [
      { Key: 'evenkeel:workload', Value: group.name },
      { Key: 'evenkeel:tier', Value: '1' },
      { Key: 'evenkeel:mode', Value: 'auto' },
    ],
  };
}
