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
