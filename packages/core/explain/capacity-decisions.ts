import type { Instances, Minute, Minutes } from '../quantities.ts';

/** Extra capacity for a time. */
export interface BoostDecision {
  readonly kind: 'boost';
  readonly floorBefore: Instances;
  readonly floorNow: Instances;
  readonly until: Minute;
  readonly source: 'alarm' | 'command' | 'event';
  /** The alarm's name, the person, the sender of the event. */
  readonly by: string;
  /** The alarm's reading and threshold, where an alarm asked. */
  readonly reading?: { readonly value: number; readonly threshold: number };
}

/** A boost, or announced demand, is over and the plan holds again. */
export interface BoostEndedDecision {
  readonly kind: 'boost-ended';
  /** What it was: `alarm NAME`, `boost by PERSON`, or the name of the announced event. */
  readonly name: string;
  readonly from: Minute;
  readonly until: Minute;
  /** The highest floor while it stood, and the plan's now. */
  readonly floorBefore: Instances;
  readonly floorNow: Instances;
  /** Instance-hours of floor on top of the plan. */
  readonly extraInstanceHours?: number;
  /** The most instances that demand needed while the boost stood; absent when not known. */
  readonly highestNeed?: Instances;
  readonly because: 'expired' | 'ended-by-person';
  readonly by?: string;
}

/** AWS had no capacity for a launch. */
export interface LaunchShortageDecision {
  readonly kind: 'launch-shortage';
  readonly type: string;
  readonly zone: string;
  readonly purchase: 'on-demand' | 'spot';
  readonly wanted: Instances;
  readonly missing: Instances;
  /** Until when the offering is left out of proposals. */
  readonly avoidedUntil: Minute;
  /** Types that would widen the group's choice; empty where none fits. */
  readonly alternatives: readonly string[];
}

/** S29: AWS takes Spot instances of a group back faster than chance. The group replaces each by itself. */
export interface SpotThrashingDecision {
  readonly kind: 'spot-thrashing';
  /** Spot instances taken back within so many minutes, and how many the group runs. */
  readonly taken: Instances;
  readonly of: Instances;
  readonly withinMinutes: Minutes;
  /** The share from which it is told, 0 … 1. */
  readonly limit: number;
  readonly types: readonly string[];
  readonly zones: readonly string[];
  readonly spotShare: number;
}

/** A limit that the plan of the next day will hit. */
export interface ComingShortageDecision {
  readonly kind: 'coming-shortage';
  readonly at: Minute;
  readonly needs: Instances;
  readonly limit: 'MaxSize' | 'evenkeel:bounds' | 'vCPU quota' | 'subnet addresses';
  /** How many instances the limit allows. */
  readonly allows: Instances;
  /** The value to set, in the limit's own unit (instances, vCPUs, addresses). */
  readonly setTo: number;
  /** The quota as Service Quotas calls it, its code, and what it allows the whole account, vCPUs. */
  readonly quota?: { readonly name: string; readonly code: string; readonly allowed: number };
  /** Free addresses in each of the group's subnets. */
  readonly subnets?: readonly { readonly id: string; readonly free: number }[];
}

/** Somebody announced demand. */
export interface ExpectedEventDecision {
  readonly kind: 'expected-event';
  readonly name: string;
  readonly from: Minute;
  readonly until: Minute;
  /** Demand as a multiple of the forecast; 1 where only instances are added. */
  readonly factor: number;
  /** Instances on top of the plan. */
  readonly add?: Instances;
  readonly by: string;
  /** The highest floor of the announced time without and with the event; absent while the plan does not reach it. */
  readonly peakFloor?: { readonly before: Instances; readonly after: Instances };
}

export type CapacityDecision =
  | BoostDecision
  | BoostEndedDecision
  | LaunchShortageDecision
  | SpotThrashingDecision
  | ComingShortageDecision
  | ExpectedEventDecision;
