import type { RejectedShape } from '../shape/shape-excuse.ts';
import type { ShapeVerdict } from '../shape/worth-changing.ts';

/** A type with its money and its risk, small enough for the ledger. */
export interface RankedSummary {
  readonly type: string;
  /** Instances on average and at the most, as replayed. */
  readonly count: number;
  readonly peak: number;
  /** US dollars in a month of 30 days: the bill, and with its risk (room for a lost zone included, where the tier wants it). */
  readonly dollarsPerMonth: number;
  readonly withRisk: number;
}

/** Types that are out for one reason: how many, and the one that came closest. */
export interface RejectedSummary {
  readonly types: number;
  readonly example: RejectedShape;
  /** The names of some more, in the order of the catalogue. */
  readonly others: readonly string[];
}

/** Why this shape and not the others: what the review kept of its choice. */
export interface ShapeChoiceSummary {
  readonly considered: number;
  readonly present: RankedSummary;
  /** The best five, the best first; the present one may be among them. */
  readonly top: readonly RankedSummary[];
  /** Of all types but the present one; most types first. */
  readonly rejected: readonly RejectedSummary[];
  readonly verdict?: ShapeVerdict;
  readonly historyDays: number;
  /** `present`: nobody measures memory, so that the present memory per vCPU is kept. */
  readonly memory: 'measured' | 'present';
  /** Zones of which one may be lost at the service level; 0 where the tier does not ask for it. */
  readonly zonesAtRisk: number;
  readonly priceBasis: 'list' | 'stated';
}

/** Why a shape that was looked at stays. */
export type ShapeReviewReason =
  | 'already-best'
  | 'nothing-fits'
  | 'mode-does-not-allow'
  | NonNullable<ShapeVerdict['reason']>;
