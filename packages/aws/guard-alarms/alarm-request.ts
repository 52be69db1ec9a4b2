import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { TICK_MINUTES } from '@evenkeel/core/quantities';
import type { Guard, GuardKind } from '@evenkeel/core/rollout';
import { HEARTBEAT } from '../heartbeat/heartbeat.ts';
import type { BalancerName } from '../metrics/guard-reading.ts';

/** A guard that Evenkeel makes itself. */
export type OwnGuard = Extract<Guard, { kind: GuardKind }>;

/** What an alarm is made from besides its guard. */
export interface AlarmFacts {
  readonly group: string;
  /** The load balancers before the group, those of applications and others. */
  readonly balancers: readonly BalancerName[];
  /** The stage whose sign of life the dead man watches. */
  readonly stage: string;
}

const MINUTE = 60;
/** A metric math alarm takes so many metrics. */
const MOST_METRICS = 10;
/** Fewer requests a minute say nothing about the share of those that fail. */
const FEWEST_REQUESTS = 20;

/** How many of the last minutes have to be bad: a new instance may be slow or unhealthy while it starts. */
const PATIENCE: Readonly<
  Record<Exclude<GuardKind, 'dead-man'>, { readonly of: number; readonly bad: number }>
> = {
  'unhealthy-hosts': { of: 10, bad: 10 },
  'target-5xx': { of: 5, bad: 3 },
  latency: { of: 10, bad: 5 },
};

/**
 * The alarm of a guard, over all load balancers of the group (S20); undefined where there is nothing to watch, or too much for one alarm.
 * It has no actions: AWS looks at it while the refresh is under way.
 */
export function alarmRequest(guard: OwnGuard, facts: AlarmFacts): PutMetricAlarmInput | undefined {
  const common = {
    AlarmName: guard.name,
    AlarmDescription: `Evenkeel: guards the change of instance types of ${facts.group} and is taken away when it is over.`,
    ActionsEnabled: false,
    TreatMissingData: guard.missing,
  };
  if (guard.kind === 'dead-man') return { ...common, ...deadMan(guard.threshold, facts.stage) };
  const Metrics = METRICS[guard.kind](facts.balancers);
  const metrics = Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
  if (metrics === 0 || metrics > MOST_METRICS) return undefined;
  const { of, bad } = PATIENCE[guard.kind];
  return {
    ...common,
    Metrics,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: guard.threshold,
    EvaluationPeriods: of,
    DatapointsToAlarm: bad,
  };
}

/** S19: no tick for so many minutes. */
function deadMan(minutes: number, stage: string): Omit<PutMetricAlarmInput, 'AlarmName'> {
  const periods = Math.max(1, Math.ceil(minutes / TICK_MINUTES));
  return {
    Namespace: HEARTBEAT.namespace,
    MetricName: HEARTBEAT.metric,
    Dimensions: [{ Name: 'Stage', Value: stage }],
    Statistic: 'Sum',
    Period: TICK_MINUTES * MINUTE,
    EvaluationPeriods: periods,
    DatapointsToAlarm: periods,
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
  };
}

const METRICS: Readonly<
  Record<Exclude<GuardKind, 'dead-man'>, (balancers: readonly BalancerName[]) => MetricDataQuery[]>
> = {
  'unhealthy-hosts': (balancers) => [
    ...balancers.map((name, i) => query(`m${i}`, name, 'UnHealthyHostCount', 'Maximum')),
    expression('unhealthy', `SUM([${ids('m', balancers)}])`, true),
  ],
  'target-5xx': (all) => {
    const balancers = all.filter(isApplication);
    return [
      ...balancers.flatMap((name, i) => [
        query(`r${i}`, name, 'RequestCount', 'Sum'),
        query(`e${i}`, name, 'HTTPCode_Target_5XX_Count', 'Sum'),
      ]),
      expression('requests', `SUM([${ids('r', balancers)}])`),
      // Errors are reported only where there are any: beside them stands a zero for every minute with requests.
      expression('none', 'requests * 0'),
      expression('errors', `SUM([none, ${ids('e', balancers)}])`),
      expression('share', `IF(requests >= ${FEWEST_REQUESTS}, errors / requests, 0)`, true),
    ];
  },
  latency: (all) => {
    const balancers = all.filter(isApplication);
    return [
      ...balancers.map((name, i) => query(`m${i}`, name, 'TargetResponseTime', 'p90')),
      expression('latency', `MAX([${ids('m', balancers)}])`, true),
    ];
  },
};

/** Only application load balancers know requests, errors and response times. */
function isApplication({ LoadBalancer }: BalancerName): boolean {
  return LoadBalancer.startsWith('app/');
}

function query(Id: string, name: BalancerName, MetricName: string, Stat: string): MetricDataQuery {
  const Namespace = isApplication(name) ? 'AWS/ApplicationELB' : 'AWS/NetworkELB';
  const Dimensions = Object.entries(name).map(([Name, Value]) => ({ Name, Value }));
  return {
    Id,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: MINUTE, Stat },
    ReturnData: false,
  };
}

function expression(Id: string, Expression: string, ReturnData = false): MetricDataQuery {
  return { Id, Expression, ReturnData };
}

function ids(prefix: string, balancers: readonly BalancerName[]): string {
  return balancers.map((_, index) => `${prefix}${index}`).join(', ');
}
