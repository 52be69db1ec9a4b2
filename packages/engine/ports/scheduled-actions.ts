import type { ScheduledAction } from '@evenkeel/core/plan';
import type { GroupRef } from './group.ts';
import type { WriteContext } from './write-context.ts';

/** One item of a batch that was refused; the rest of the batch stands. */
export interface ItemFailure {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** The most items one call takes, and the most actions a group holds (AWS quotas, fixed). */
export const MAX_BATCH = 50;
export const MAX_ACTIONS_PER_GROUP = 125;

/**
 * A group's scheduled actions, the only verb for capacity. What AWS refuses is refused by every implementation:
 * a start time in the past, one that another action of the group has, a 126th action, MinSize above MaxSize in one action
 * (each as a failure of that item), and a batch of more than 50 (the whole call rejects with a RangeError).
 */
export interface ScheduledActions {
  /** All pending actions of the group, the owner's too, in order of start. */
  list(ref: GroupRef): Promise<readonly ScheduledAction[]>;
  /** Creates or replaces by name. Resolves with the items refused; rejects when nothing could be done. */
  put(
    ref: GroupRef,
    actions: readonly ScheduledAction[],
    context: WriteContext,
  ): Promise<readonly ItemFailure[]>;
  /** Deletes by name; a name that does not exist is a failure of that item. */
  remove(ref: GroupRef, names: readonly string[], context: WriteContext): Promise<readonly ItemFailure[]>;
}
