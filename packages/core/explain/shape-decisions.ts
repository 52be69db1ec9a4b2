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
  /** What a rollout needs beyond that; absent on a way back. */
  readonly terms?: ShapeTerms;
}

/** The figures a proposal stood on: of one instance of the present and of the new type. */
export interface ShapeTerms {
  readonly vcpus: { readonly old: number; readonly fresh: number };
  /** As it would be bought, USD. */
  readonly usdPerInstanceHour: { readonly old: number; readonly fresh: number };
  /** Desired size, and mean demand of the day before in present instances. */
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

/** What the canary measured. `performanceFactor`: work per vCPU of the new type against the old one for this workload. */
export interface CanaryVerdictDecision {
  readonly kind: 'canary-verdict';
  readonly rollout: string;
  readonly from: ShapeAndCount;
  readonly to: ShapeAndCount;
  readonly verdict: 'better' | 'same' | 'worse' | 'too-little-data';
  /** `before`: what the catalogue promised; `after`: what was measured. NaN-free: absent without enough data. */
  readonly performanceFactor?: BeforeAfter;
  /** 0 … 1. */
  readonly confidence: number;
  readonly canaryInstances: Instances;
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
  /** What made it go back: `canary-worse`, `no-verdict`, `alarm`, `capacity`, `cancelled`, `deploy`, `answer`. */
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
  readonly measured: number;
}

export type ShapeDecision =
  | ShapeProposedDecision
  | ShapeReviewedDecision
  | ShapeStartedDecision
  | CanaryVerdictDecision
  | ShapeFinishedDecision
  | ShapeRolledBackDecision
  | ShapeVerifiedDecision;
