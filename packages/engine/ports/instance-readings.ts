import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { GroupRef } from './group.ts';

/** One instance in service and how busy it was. */
export interface InstanceReading {
  readonly id: string;
  readonly type: string;
  readonly healthy: boolean;
  /** CPU share 0 … 1 per interval from `from` on; NaN where there is no datapoint. */
  readonly cpu: Float64Array;
}

export interface InstanceReadings {
  readonly intervalMinutes: Minutes;
  readonly instances: readonly InstanceReading[];
}

/** Reads instances one by one: what a canary is judged by. */
export interface InstanceMetrics {
  /** Instances that are in service now, with their CPU of minutes `from` (inclusive) … `to` (exclusive). */
  cpu(ref: GroupRef, from: Minute, to: Minute): Promise<InstanceReadings>;
}
