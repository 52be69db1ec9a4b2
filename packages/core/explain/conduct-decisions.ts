import type { HeldChange, HoldKind, HoldScope } from '../guard/hold.ts';
import type { Minute } from '../quantities.ts';
import type { Mode } from '../workload/policy.ts';
import type { Expectation } from './expectation.ts';

/** Evenkeel keeps its hands off, and why. */
export interface HoldDecision {
  readonly kind: 'hold';
  readonly hold: HoldKind;
  readonly scope: HoldScope['kind'];
  /** Who or what is behind it: a person, a stack, a tag. */
  readonly by: string;
  /** When it was placed; absent in older entries. */
  readonly since?: Minute;
  /** The first minute in which it no longer holds; absent: until somebody lifts it. */
  readonly until?: Minute;
  /** What was changed, where a change made the hold. */
  readonly change?: HeldChange;
  readonly note?: string;
}

/** A hold is over. */
export interface ReleaseDecision {
  readonly kind: 'release';
  readonly hold: HoldKind;
  readonly because: 'expired' | 'lifted' | 'ended';
  /** Who or what was behind the hold; who lifted it stands in that person's answer. */
  readonly by?: string;
}

/** S13: infrastructure code wrote the home values back; the due floor was put again. */
export interface ResetDecision {
  readonly kind: 'reset';
  /** The tool: `Terraform`, `CloudFormation`. */
  readonly by: string;
  readonly field: string;
  /** The value the tool wrote and the one that stands again. */
  readonly wrote: number;
  readonly restored: number;
  readonly timesThisWeek: number;
}

/** The forecast was wrong for a whole day: the group goes by the reflex alone until it is right again. */
export interface FootingLostDecision {
  readonly kind: 'footing-lost';
  /** Share of the time that need stayed under the floor's promise: measured against intended, 0 … 1. */
  readonly coverage: number;
  readonly intended: number;
  readonly hours: number;
  readonly from: string;
  readonly to: string;
}

export interface FootingRegainedDecision {
  readonly kind: 'footing-regained';
  readonly coverage: number;
  readonly intended: number;
  readonly from: string;
  readonly to: string;
}

/** Enough was observed to offer the next mode (S1). */
export interface ModeOfferDecision {
  readonly kind: 'mode-offer';
  readonly from: Mode;
  readonly to: Mode;
  readonly observedDays: number;
  readonly expected: Expectation;
  readonly expires: Minute;
}

export type ConductDecision =
  | HoldDecision
  | ReleaseDecision
  | ResetDecision
  | FootingLostDecision
  | FootingRegainedDecision
  | ModeOfferDecision;
