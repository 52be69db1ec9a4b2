import { DAYS_PER_MONTH, PRICES } from './prices.ts';
import { combine, scaled, type Usage } from './tally.ts';

/** What two simulations of different numbers of groups used, over the same time. */
export interface Samples {
  readonly days: number;
  readonly few: { readonly groups: number; readonly usage: Usage };
  readonly many: { readonly groups: number; readonly usage: Usage };
}

export interface Bill {
  readonly groups: number;
  /** Dollars a month, the dearest first. */
  readonly lines: readonly { readonly what: string; readonly dollars: number; readonly amount: string }[];
  readonly total: number;
  readonly perGroup: number;
  /** Calls of EC2 Auto Scaling a second, on average, in one account and region that has all the groups. */
  readonly autoScalingCallsPerSecond: number;
}

/** Groups of one shard: what does not grow with the groups is used once per shard. */
const PER_SHARD = 100;
/** Lambda asks each queue about every four seconds, whether there is something in it or not (five pollers, 20 s each). */
const RECEIVES_PER_QUEUE_AND_DAY = (5 * 86_400) / 20;
const FIFO_QUEUES = 2;
const PLAIN_QUEUES = 2;
const ALARMS = 6;
const CUSTOM_METRICS = 20;

/** The usage of so many groups a month: the part that grows with the groups is what the larger sample used more. */
export function monthly({ days, few, many }: Samples, groups: number): Usage {
  const perGroup = scaled(
    combine(many.usage, few.usage, (a, b) => a - b),
    1 / (many.groups - few.groups),
  );
  const perShard = combine(few.usage, scaled(perGroup, few.groups), (a, b) => Math.max(0, a - b));
  const shards = Math.ceil(groups / PER_SHARD);
  const all = combine(scaled(perGroup, groups), scaled(perShard, shards), (a, b) => a + b);
  return scaled(all, DAYS_PER_MONTH / days);
}

/** What so many groups cost a month, by list prices. */
export function billFor(samples: Samples, groups: number): Bill {
  const usage = monthly(samples, groups);
  const polls = RECEIVES_PER_QUEUE_AND_DAY * DAYS_PER_MONTH;
  const fifo = usage.sqsFifoRequests + FIFO_QUEUES * polls;
  const plain = usage.sqsRequests + PLAIN_QUEUES * polls;
  const lines = [
    {
      what: 'CloudWatch: metrics read',
      dollars: usage.metricsAskedFor * PRICES.metricAskedFor,
      amount: `${count(usage.metricsAskedFor)} metrics`,
    },
    {
      what: 'CloudWatch: signs of life, lists',
      dollars: usage.metricApiCalls * PRICES.metricApiCall,
      amount: `${count(usage.metricApiCalls)} calls`,
    },
    {
      what: 'CloudWatch: own metrics, alarms, dashboard',
      dollars: CUSTOM_METRICS * PRICES.customMetricMonth + ALARMS * PRICES.alarmMonth + PRICES.dashboardMonth,
      amount: `${CUSTOM_METRICS} metrics, ${ALARMS} alarms, 1 dashboard`,
    },
    {
      what: 'CloudWatch: logs',
      dollars: (usage.logBytes / 1e9) * PRICES.logGb,
      amount: `${(usage.logBytes / 1e9).toFixed(2)} GB`,
    },
    {
      what: 'Lambda',
      dollars: usage.lambdaRequests * PRICES.lambdaRequest + usage.lambdaGbSeconds * PRICES.lambdaGbSecond,
      amount: `${count(usage.lambdaRequests)} runs, ${count(usage.lambdaGbSeconds)} GB-s`,
    },
    {
      what: 'DynamoDB',
      dollars:
        usage.dynamoReadUnits * PRICES.dynamoReadUnit + usage.dynamoWriteUnits * PRICES.dynamoWriteUnit,
      amount: `${count(usage.dynamoReadUnits)} reads, ${count(usage.dynamoWriteUnits)} writes`,
    },
    {
      what: 'SQS',
      dollars: fifo * PRICES.sqsFifoRequest + plain * PRICES.sqsRequest,
      amount: `${count(fifo + plain)} requests`,
    },
    {
      what: 'EventBridge and Scheduler',
      dollars: usage.eventsPut * PRICES.eventPut + usage.scheduleRuns * PRICES.scheduleRun,
      amount: `${count(usage.eventsPut)} events, ${count(usage.scheduleRuns)} runs`,
    },
  ].sort((a, b) => b.dollars - a.dollars);
  const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);
  const seconds = DAYS_PER_MONTH * 86_400;
  return {
    groups,
    lines,
    total,
    perGroup: total / groups,
    autoScalingCallsPerSecond: usage.autoScalingCalls / seconds,
  };
}

function count(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1e4 ? `${(value / 1e3).toFixed(0)} k` : value.toFixed(0);
}
