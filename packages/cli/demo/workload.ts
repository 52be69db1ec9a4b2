import type { Minutes } from '@evenkeel/core/quantities';
import type { Bounds, Tier } from '@evenkeel/core/workload';
import type { DemandShape } from '@evenkeel/twin';

/** One workload of the demo: what its owner would say of it, and the load that nobody knows beforehand. */
export interface DemoWorkload {
  readonly name: string;
  readonly tier: Tier;
  /** In half a sentence: what it is and how its load moves. */
  readonly about: string;
  readonly instanceType: string;
  /** Linux on-demand list price in us-east-1 as of 2026-07-20. */
  readonly dollarsPerHour: number;
  /** Minutes from launch until an instance serves. */
  readonly startup: Minutes;
  readonly size: Bounds;
  /** Capacity units: instances' worth of work. */
  readonly demand: DemandShape;
}

/** Target of every owner's target tracking in the demo, percent CPU: the usual choice. */
export const OWNER_TARGET = 50;
