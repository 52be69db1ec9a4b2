import type { Instances, Minute } from '../quantities.ts';

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
}

/** The nightly choice of strategy. */
export interface StrategyDecision {
  readonly kind: 'strategy';
  readonly from: string;
  readonly to: string;
  /** Risk-adjusted cost over the replayed history: chosen, runner-up, the owner's own configuration. */
  readonly score: number;
  readonly runnerUp: { readonly strategy: string; readonly score: number };
  readonly ownerScore: number;
  readonly historyDays: number;
}

export interface AdoptionDecision {
  readonly kind: 'adoption';
  readonly homeMinSize: Instances;
  readonly homeTarget?: number;
}

export interface GiveBackDecision {
  readonly kind: 'give-back';
  readonly reason: string;
}

/** What should be done and why. */
export type Decision =
  | FloorsDecision
  | TargetDecision
  | StrategyDecision
  | AdoptionDecision
  | GiveBackDecision;

/** What came of a decision. */
export type Outcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'partly-applied'; readonly failures: readonly { name: string; message: string }[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'told'; readonly because: string }
  | { readonly kind: 'nothing-to-do' };
