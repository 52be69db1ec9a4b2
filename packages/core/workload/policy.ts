import type { Instances, Minute, Utilisation } from '../quantities.ts';
import type { ChangeWindow } from './change-window.ts';
import type { Tier } from './tier.ts';

/** What Evenkeel may do to a group; a tag beats a button. */
export type Mode = 'observe' | 'recommend' | 'approve' | 'auto' | 'off';

export const MODES: readonly Mode[] = ['observe', 'recommend', 'approve', 'auto', 'off'];

/** Limits on the number of instances. */
export interface Bounds {
  readonly min: Instances;
  readonly max: Instances;
}

/** What demand is measured by. */
export type DemandMetric =
  | { readonly kind: 'cpu' }
  /** Requests per target of the group's load balancer. */
  | { readonly kind: 'requests' }
  | { readonly kind: 'custom'; readonly namespace: string; readonly name: string };

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
  readonly metric: DemandMetric;
  /** Acceptable instance types (`m7g.large`) and families (`m7g`); absent: any that fits. */
  readonly types?: readonly string[];
  /** A launch template with an arm64 image, with its version as a number. */
  readonly arm64Template?: { readonly template: string; readonly version: number };
  /** The most of the capacity that may be Spot, 0 … 1; absent: as the group has it. */
  readonly spotShare?: number;
  /** When targets and shapes may be changed; floors follow demand at any time. */
  readonly window?: ChangeWindow;
  /** Nothing is changed before this minute. */
  readonly freezeUntil?: Minute;
  /** Slack channel, by name without `#` or by id. */
  readonly notify?: string;
  /** The alarm of load, never of errors, that asks for a boost (S29). */
  readonly boostAlarm?: string;
  /** The alarm that stops a rollout where no load balancer is watched (S20). */
  readonly guardAlarm?: string;
}

export const DEFAULT_SLO_UTILISATION: Utilisation = 0.7;
export const DEFAULT_MODE: Mode = 'observe';
/** Without a tag a workload counts as important: too much capacity is the smaller mistake. */
export const DEFAULT_TIER: Tier = 1;
