import type { Hold, HoldKind, HoldScope, HoldSubject } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey } from './group.ts';

/** Which holds are asked for: those that cover this group of this workload. */
export interface HoldQuery extends HoldSubject {
  /** A hold whose `until` is not after this minute is over. */
  readonly at: Minute;
}

/** The scope of a hold on a workload; without a name on everything. */
export function workloadScope(workload: string | undefined): HoldScope {
  return workload === undefined ? { kind: 'everything' } : { kind: 'workload', workload };
}

/** The scope of a hold on one group. */
export function groupScope(ref: GroupRef): HoldScope {
  return { kind: 'group', group: groupKey(ref) };
}

/** Holds that somebody placed and that outlive a run: pauses (S11, S30) and overrides (S12). */
export interface Holds {
  /** Those in force on the group, its workload or everything, the widest scope first. */
  inForce(query: HoldQuery): Promise<readonly Hold[]>;
  /** Places a hold; one of the same scope and kind is replaced. */
  place(hold: Hold): Promise<void>;
  /** Takes a hold away; one that is not there is no error. */
  lift(scope: HoldScope, kind: HoldKind): Promise<void>;
}
