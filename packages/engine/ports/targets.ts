import type { Minute } from '@evenkeel/core/quantities';
import type { GroupRef, TargetTrackingPolicy } from './group.ts';
import type { WriteContext } from './write-context.ts';

/** A one-off of the provider's own scheduler that gives the owner's policy back, with nothing of Evenkeel running (S8). */
export interface Lease {
  readonly due: Minute;
  readonly owner: TargetTrackingPolicy;
}

/** The target of a group's one CPU target-tracking policy, held as a lease. */
export interface Targets {
  /** Sends the whole policy with only the target changed, in percent. Rejects where the group or policy does not exist. */
  put(ref: GroupRef, policy: TargetTrackingPolicy, target: number, context: WriteContext): Promise<void>;
  /** The lease that stands, if any. */
  lease(ref: GroupRef): Promise<Lease | undefined>;
  /** Creates or renews the lease; it must stand before the target is changed. */
  renewLease(ref: GroupRef, lease: Lease, context: WriteContext): Promise<void>;
  endLease(ref: GroupRef, context: WriteContext): Promise<void>;
}
