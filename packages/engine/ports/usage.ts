import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { GroupRef } from './group.ts';

/**
 * What a group used besides CPU, sample by sample of `period` minutes from `start` on; NaN where nothing was reported. A field is absent
 * where the group never reported it: no CloudWatch agent, no EBS figures (not Nitro), no T type.
 */
export interface UsageReading {
  readonly start: Minute;
  readonly period: Minutes;
  /** Memory in use in percent, the mean and the fullest of the instances (CloudWatch agent). */
  readonly memoryPercent?: Float64Array;
  readonly memoryPercentMax?: Float64Array;
  /** Gbit/s, the larger direction, the whole group. */
  readonly networkGbps?: Float64Array;
  /** Mbit/s and operations a second to and from EBS, the whole group. */
  readonly ebsMbps?: Float64Array;
  readonly ebsIops?: Float64Array;
  /** CPU credits of the poorest instance, and surplus credits charged to the whole group. */
  readonly creditBalanceMin?: Float64Array;
  readonly surplusCreditsCharged?: Float64Array;
}

/** Minutes `from` (inclusive) … `to` (exclusive) in samples of `period` minutes. */
export interface UsageRange {
  readonly from: Minute;
  readonly to: Minute;
  readonly period: Minutes;
}

/** Reads what a group used besides CPU; for reviews of shapes, not for ticks. */
export type ReadUsage = (ref: GroupRef, range: UsageRange) => Promise<UsageReading>;
