import type { Instances, Minute, Minutes } from '@evenkeel/core/quantities';
import type { GroupRef } from './group.ts';
import type { WriteContext } from './write-context.ts';

/** What a group is to become: types only. The configuration is built from the group as it is when the refresh starts (S18). */
export interface DesiredShape {
  /** Acceptable types, the first preferred. */
  readonly types: readonly string[];
  /** Another launch template for the types' architecture, with its version as a number; absent: the group's own. */
  readonly template?: { readonly template: string; readonly version: number };
}

/** How instances are replaced. Launch before terminate is not among the choices: it is always so. */
export interface RefreshPreferences {
  /** Up to which share of the desired size the group may grow meanwhile, percent above 100. */
  readonly maxHealthyPercent: number;
  /** Ascending, the last is 100. */
  readonly checkpoints: readonly number[];
  readonly checkpointDelay: Minutes;
  readonly bake: Minutes;
  readonly warmup?: Minutes;
  /** Names of alarms; one that goes off makes the provider roll back. */
  readonly alarms: readonly string[];
}

export type RefreshStatus =
  | 'pending'
  | 'in-progress'
  | 'baking'
  | 'rolling-back'
  | 'cancelling'
  | 'successful'
  | 'failed'
  | 'cancelled'
  | 'rolled-back'
  | 'rollback-failed';

/** An instance refresh as the provider tells it. */
export interface Refresh {
  readonly id: string;
  readonly status: RefreshStatus;
  /** Share of instances replaced, percent; falls again while rolling back. */
  readonly percent: number;
  readonly startedAt: Minute;
  readonly endedAt?: Minute;
  /** What the provider says of the status. */
  readonly reason?: string;
  /** Types of the desired configuration; absent where there is none, so that nothing can be rolled back. */
  readonly types?: readonly string[];
  readonly toReplace?: Instances;
}

const ENDED: ReadonlySet<RefreshStatus> = new Set([
  'successful',
  'failed',
  'cancelled',
  'rolled-back',
  'rollback-failed',
]);

export function hasEnded({ status }: Pick<Refresh, 'status'>): boolean {
  return ENDED.has(status);
}

/**
 * Instance refreshes with a desired configuration. What AWS refuses is refused by every implementation: another one while one is active
 * (`conflict`); alarms that are not OK, groups with instance requirements, percentages out of order (`invalid`); rolling back what is not in
 * progress (`not-found`), or a group whose template version is no number (`invalid`).
 */
export interface Refreshes {
  /**
   * Reads the group and starts in one go; gives the refresh's id. The same types, checkpoints and alarms asked for again while that refresh is
   * going give the same id: the provider knows no token for it, and the answer to a call may be lost.
   */
  start(
    ref: GroupRef,
    desired: DesiredShape,
    preferences: RefreshPreferences,
    context: WriteContext,
  ): Promise<string>;
  /** The newest refresh of the group, ended or not. */
  latest(ref: GroupRef): Promise<Refresh | undefined>;
  /** Back to the saved configuration, instance by instance. */
  rollBack(ref: GroupRef, context: WriteContext): Promise<void>;
  /** Stops where it is: what was replaced stays replaced. */
  cancel(ref: GroupRef, context: WriteContext): Promise<void>;
}
