import type { Utilisation } from '../quantities.ts';
import { DEFAULT_SLO_UTILISATION } from '../workload/policy.ts';

/** Up to where an instance may be filled. */
export interface ShapeRules {
  /** CPU above which the service level suffers, 0 … 1. */
  readonly sloUtilisation: Utilisation;
  /** Share of an instance's memory that may be in use, 0 … 1. */
  readonly memoryShare: number;
  /** What the operating system and agents need of every instance, whatever it carries. */
  readonly systemMemoryGiB: number;
}

export const DEFAULT_SHAPE_RULES: ShapeRules = {
  sloUtilisation: DEFAULT_SLO_UTILISATION,
  memoryShare: 0.9,
  systemMemoryGiB: 0.5,
};

/** A candidate's peak, a lost zone included, may take this share of MaxSize (S22). */
export const MOST_OF_MAX_SIZE = 0.8;

/** A change must save this share, or it is pennies: of the bill, and of what the group costs with its risk. */
export const LEAST_SAVINGS_SHARE = 0.05;
