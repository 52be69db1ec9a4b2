/**
 * List prices of us-east-1 in dollars (July 2026): the pages of AWS for each service. Free tiers are left out: an account that has
 * anything else in it has used them up.
 */
export const PRICES = {
  lambdaRequest: 0.2 / 1e6,
  /** arm64. */
  lambdaGbSecond: 0.0000133334,
  sqsRequest: 0.4 / 1e6,
  sqsFifoRequest: 0.5 / 1e6,
  dynamoWriteUnit: 0.625 / 1e6,
  dynamoReadUnit: 0.125 / 1e6,
  eventPut: 1 / 1e6,
  scheduleRun: 1 / 1e6,
  /** CloudWatch bills GetMetricData per metric asked for, whatever its span. */
  metricAskedFor: 0.01 / 1000,
  metricApiCall: 0.01 / 1000,
  customMetricMonth: 0.3,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  logGb: 0.5,
} as const;

export const DAYS_PER_MONTH = 365.25 / 12;
