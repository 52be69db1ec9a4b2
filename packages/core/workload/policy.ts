import type { Instances, Utilisation } from '../quantities.ts';
import type { Tier } from './tier.ts';

/** What Evenkeel may do to a group; a tag beats a button. */
export type Mode = 'observe' | 'recommend' | 'approve' | 'auto' | 'off';

export const MODES: readonly Mode[] = ['observe', 'recommend', 'approve', 'auto', 'off'];

/** Limits on the number of instances. */
export interface Bounds {
  readonly min: Instances;
  readonly max: Instances;
}

/** What the tags and the defaults say about a workload. */
export interface WorkloadPolicy {
  readonly workload: string;
  readonly component?: string;
  readonly tier: Tier;
  readonly mode: Mode;
  /** Utilisation above which the workload's service level suffers. */
  readonly sloUtilisation: Utilisation;
  /** Bounds of the tag, which may go below the owner's own minimum; absent where no tag says so. */
  readonly bounds?: Bounds;
}

export const DEFAULT_SLO_UTILISATION: Utilisation = 0.7;
export const DEFAULT_MODE: Mode = 'observe';
