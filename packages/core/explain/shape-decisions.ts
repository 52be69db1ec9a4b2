import type { Instances, Minute, Minutes } from '../quantities.ts';
import type { BeforeAfter, Expectation } from './expectation.ts';
import type { ShapeChoiceSummary, ShapeReviewReason } from './shape-choice-summary.ts';

/** A shape and how many of it a group needs on average; the first type is the preferred one. */
export interface ShapeAndCount {
  readonly types: readonly string[];
  readonly architecture?: 'x86_64' | 'arm64';
  readonly spotShare?: number;
  readonly count: Instances;
}

interface ShapeChange {
  readonly from: ShapeAndCount;
  readonly to: ShapeAndCount;
  readonly expected: Expectation;
}

/** A better shape was found; whether it waits for an answer depends on `asks`. The proposal's id is the ledger entry's. */
export interface ShapeProposedDecision extends ShapeChange {
  readonly kind: 'shape-proposed';
  /** Of the preferred type against the present one, per vCPU: work done and price. The two numbers that decide. */
  readonly performanceFactor: number;
  readonly priceFactor: number;
  /** True: somebody has to approve before `expires`; false: told only (mode recommend). */
  readonly asks: boolean;
  readonly expires?: Minute;
  /** Why this one and not the others; absent on a way back. */
  readonly choice?: ShapeChoiceSummary;
  /** What a rollout needs beyond that. */
  readonly terms?: ShapeTerms;
  /** The rollout that did not keep its promise, where this is the way back from it. */
  readonly wayBackOf?: string;
}

/** The figures a proposal stood on: of one instance of the present and of the new type. */
export interface ShapeTerms {
  readonly vcpus: { readonly old: number; readonly fresh: number };
  /** As it would be bought, USD. */
  readonly usdPerInstanceHour: { readonly old: number; readonly fresh: number };
  /** Mean instances in service and mean demand of the day before, in present instances: the size of the moment moves by more every morning. */
  readonly size: Instances;
  readonly demand: number;
}

/** The shape was looked at and stays: told to nobody, kept for whoever asks. */
export interface ShapeReviewedDecision {
  readonly kind: 'shape-reviewed';
  readonly shape: ShapeAndCount;
  readonly because: ShapeReviewReason;
  readonly choice: ShapeChoiceSummary;
}

/** The rollout began: the canary is being launched. */
export interface ShapeStartedDecision extends ShapeChange {
  readonly kind: 'shape-started';
  readonly rollout: string;
  readonly canaryInstances: Instances;
  /** How long the canary is measured before a verdict, at the most. */
  readonly measureFor: Minutes;
  readonly approvedBy?: string;
}

/** How a canary did in one way: the figure, its interval, and the most (for work: the least) that is allowed. */
export interface CanaryFinding {
  /**
   * `work`: per vCPU against the old type. `latency`: seconds of a request against the old instances'. `errors`: how much more of the requests
   * fail, as a share of all. `memory`: the share of memory that will be in use. `health`: the share of the new instances that is sick.
   */
  readonly dimension: 'work' | 'latency' | 'errors' | 'memory' | 'health';
  readonly outcome: 'better' | 'fine' | 'worse' | 'unclear' | 'not-measured';
  readonly measured?: number;
  readonly low?: number;
  readonly high?: number;
  readonly limit?: number;
}

/** What the canary measured. `performanceFactor`: work per vCPU of the new type against the old one for this workload. */
export interface CanaryVerdictDecision {
  readonly kind: 'canary-verdict';
  readonly rollout: string;
  readonly from: ShapeAndCount;
  readonly to: ShapeAndCount;
  readonly verdict: 'better' | 'same' | 'worse' | 'too-little-data';
  /** `before`: what the catalogue promised; `after`: what was measured. NaN-free: absent without enough data. */
  readonly performanceFactor?: BeforeAfter;
  /** The types it was measured on, where types that may stand in for the preferred one were among them: a factor of no one type. */
  readonly measuredOn?: readonly string[];
  /** The dimension that made the verdict, and all of them with their numbers; absent in entries from before they were compared. */
  readonly decidedBy?: CanaryFinding['dimension'];
  readonly findings?: readonly CanaryFinding[];
  /** 0 … 1. */
  readonly confidence: number;
  /** New instances as they stood at the verdict, and all of the group: what the group launches meanwhile is new as well. */
  readonly canaryInstances: Instances;
  readonly groupInstances?: Instances;
  readonly measuredFor: Minutes;
  readonly next: 'finish' | 'roll-back';
}

/** Every instance has the new shape. */
export interface ShapeFinishedDecision extends ShapeChange {
  readonly kind: 'shape-finished';
  readonly rollout: string;
  readonly took: Minutes;
}

/** The group is back in the old shape. */
export interface ShapeRolledBackDecision {
  readonly kind: 'shape-rolled-back';
  readonly rollout: string;
  /** The shape that was tried, and the one that stands again. */
  readonly tried: ShapeAndCount;
  readonly back: ShapeAndCount;
  /** What made it go back: `canary-worse`, `no-verdict`, `canary-too-large`, `uneven-share`, `alarm`, `capacity`, `cancelled`, `deploy`, `answer`. */
  readonly reason: string;
  /** The measured figure and the limit it broke, with their name, where there is one. */
  readonly broke?: { readonly name: string; readonly value: number; readonly limit: number };
  /** The first minute in which this shape may be proposed again. */
  readonly notBefore: Minute;
}

/** A day after a rollout: what was promised against what came, in dollars a month. */
export interface ShapeVerifiedDecision {
  readonly kind: 'shape-verified';
  readonly rollout: string;
  readonly to: ShapeAndCount;
  readonly promised: number;
  /** What the old shape would have cost on the demand that really came, replayed, less what the new one did. */
  readonly measured: number;
  /** The bill of the old shape, replayed, and of the new one as measured, and their minutes without enough capacity that day. */
  readonly dollarsPerMonth?: BeforeAfter;
  readonly hotMinutes?: BeforeAfter;
  /** Whether enough of the promise was kept; absent in older entries. */
  readonly kept?: boolean;
  /** By what share the replay of the shape in force differs from what was measured that day (S9). */
  readonly replayError?: number;
}

export type ShapeDecision =
  | ShapeProposedDecision
  | ShapeReviewedDecision
  | ShapeStartedDecision
  | CanaryVerdictDecision
  | ShapeFinishedDecision
  | ShapeRolledBackDecision
  | ShapeVerifiedDecision;
