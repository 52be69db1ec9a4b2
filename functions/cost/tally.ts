/** What was used in a span of time, in AWS's own units of billing. */
export interface Usage {
  readonly lambdaRequests: number;
  readonly lambdaGbSeconds: number;
  readonly sqsRequests: number;
  readonly sqsFifoRequests: number;
  readonly dynamoReadUnits: number;
  readonly dynamoWriteUnits: number;
  readonly eventsPut: number;
  readonly scheduleRuns: number;
  readonly metricsAskedFor: number;
  readonly metricApiCalls: number;
  readonly logBytes: number;
  /** Calls that cost nothing but share a throttle with the owner's tools (S26). */
  readonly autoScalingCalls: number;
  /** Every other call that costs nothing. */
  readonly freeCalls: number;
}

export type UsageName = keyof Usage;

export const NO_USAGE: Usage = {
  lambdaRequests: 0,
  lambdaGbSeconds: 0,
  sqsRequests: 0,
  sqsFifoRequests: 0,
  dynamoReadUnits: 0,
  dynamoWriteUnits: 0,
  eventsPut: 0,
  scheduleRuns: 0,
  metricsAskedFor: 0,
  metricApiCalls: 0,
  logBytes: 0,
  autoScalingCalls: 0,
  freeCalls: 0,
};

/** Each field of both put together. */
export function combine(a: Usage, b: Usage, how: (a: number, b: number) => number): Usage {
  const names = Object.keys(NO_USAGE) as UsageName[];
  return Object.fromEntries(names.map((name) => [name, how(a[name], b[name])])) as unknown as Usage;
}

export function scaled(usage: Usage, factor: number): Usage {
  return combine(usage, NO_USAGE, (value) => value * factor);
}
