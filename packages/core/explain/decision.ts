import type { Instances, Minute } from '../quantities.ts';
import type { Mode } from '../workload/policy.ts';
import type { Tier } from '../workload/tier.ts';
import type { CapacityDecision } from './capacity-decisions.ts';
import type { ConductDecision } from './conduct-decisions.ts';
import type { BeforeAfter, Expectation } from './expectation.ts';
import type { FleetDecision } from './fleet-decisions.ts';
import type { ShapeDecision } from './shape-decisions.ts';

/** The numbers behind floors: everything `explain` needs to say why the group is at its size. */
export interface FloorsDecision {
  readonly kind: 'floors';
  readonly floorBefore: Instances;
  readonly floorNow: Instances;
  /** The highest floor of the plan and when. */
  readonly peak: { readonly floor: Instances; readonly at: Minute };
  /** Visible demand now in capacity units and the need it makes at the SLO utilisation; absent when not known. */
  readonly demandNow?: number;
  readonly needNow?: number;
  readonly strategy: string;
  readonly put: number;
  readonly removed: number;
}

/** A changed target of the group's target tracking, in percent. */
export interface TargetDecision {
  readonly kind: 'target';
  readonly from: number;
  readonly to: number;
  readonly owner: number;
  readonly expected?: Expectation;
  /** Present where the mode asks first: nothing is written until somebody approves, and nothing at all after `expires`. */
  readonly asks?: { readonly expires: Minute };
}

/** The nightly choice of strategy. */
export interface StrategyDecision {
  readonly kind: 'strategy';
  readonly from: string;
  readonly to: string;
  /** Risk-adjusted cost over the replayed history, as a multiple of the owner's own configuration's: chosen, runner-up, owner's. */
  readonly score: number;
  readonly runnerUp: { readonly strategy: string; readonly score: number };
  readonly ownerScore: number;
  readonly historyDays: number;
  readonly expected?: Expectation;
}

export interface AdoptionDecision {
  readonly kind: 'adoption';
  readonly homeMinSize: Instances;
  readonly homeTarget?: number;
  readonly tier?: Tier;
  readonly mode?: Mode;
  /** The home it had before, where its owner set another one. */
  readonly before?: { readonly minSize: Instances; readonly target?: number };
}

export interface GiveBackDecision {
  readonly kind: 'give-back';
  readonly reason: string;
}

/** A day, verified: what was used against what the owner's own configuration would have, on the demand that really came. */
export interface SavingsDecision {
  readonly kind: 'savings';
  readonly from: Minute;
  readonly until: Minute;
  /** Instance-hours: `before` as the owner's configuration by replay, `after` as measured. */
  readonly instanceHours: BeforeAfter;
  readonly hotMinutes: BeforeAfter;
  /** By how much the replay of what was in force is off the measured capacity, as a share (S9). */
  readonly replayError: number;
  /** Whether the replay matches well enough to call the saving verified. */
  readonly verified: boolean;
}

/** What should be done and why. */
export type Decision =
  | FloorsDecision
  | TargetDecision
  | StrategyDecision
  | AdoptionDecision
  | GiveBackDecision
  | SavingsDecision
  | ShapeDecision
  | CapacityDecision
  | ConductDecision
  | FleetDecision;

export type DecisionKind = Decision['kind'];

/** A write that was refused again and again: how often, and since when. */
export interface Refusals {
  readonly times: number;
  readonly since: Minute;
}

/**
 * What came of a decision. `failed`: nothing of it was written. What is refused at every try is told when it begins, once a day while it
 * lasts (`again`), and when it is over (`after`).
 */
export type Outcome =
  | { readonly kind: 'applied'; readonly after?: Refusals }
  | { readonly kind: 'partly-applied'; readonly failures: readonly { name: string; message: string }[] }
  | { readonly kind: 'failed'; readonly message: string; readonly again?: Refusals }
  | { readonly kind: 'told'; readonly because: string }
  | { readonly kind: 'nothing-to-do' };
