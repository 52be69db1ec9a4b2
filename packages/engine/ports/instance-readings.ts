import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { GroupRef } from './group.ts';

/**
 * One instance in service and how it did. Every series has a value per interval from `from` on, NaN where there is no datapoint; a series is
 * absent where nobody measures it.
 */
export interface InstanceReading {
  readonly id: string;
  readonly type: string;
  /** Passes the health checks of the group and of its load balancer now. */
  readonly healthy: boolean;
  /** CPU share 0 … 1. */
  readonly cpu: Float64Array;
  /** Memory in use, 0 … 1 of what the instance has (CloudWatch agent). */
  readonly memory?: Float64Array;
  /** Mean seconds of a request, where the workload publishes it per instance: load balancers tell it per target group only. */
  readonly latencySeconds?: Float64Array;
  /** Share of its requests that failed, 0 … 1; the same goes for it. */
  readonly errorShare?: Float64Array;
  /** Share of the interval's status checks that failed, 0 … 1. */
  readonly failedChecks?: Float64Array;
}

export interface InstanceReadings {
  readonly intervalMinutes: Minutes;
  readonly instances: readonly InstanceReading[];
}

/** Reads instances one by one: what a canary is judged by. */
export interface InstanceMetrics {
  /** Instances in service now, with their series of minutes `from` (inclusive) … `to` (exclusive); an empty range asks for the instances alone. */
  read(ref: GroupRef, from: Minute, to: Minute): Promise<InstanceReadings>;
}
