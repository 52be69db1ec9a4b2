import type { Minute } from '@evenkeel/core/quantities';
import {
  type GroupRef,
  type GroupSnapshot,
  groupKey,
  type Lease,
  PortError,
  type Targets,
  type TargetTrackingPolicy,
} from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

/** Where the policies live: a region's or the in-memory groups. */
export interface PolicyHolder {
  get(ref: GroupRef): Pick<GroupSnapshot, 'policies'> | undefined;
  change(ref: GroupRef, fields: Pick<GroupSnapshot, 'policies'>): void;
}

export interface MemoryTargets extends Targets {
  /** Gives the owner's policy back wherever a lease is due by `at`, as the provider's scheduler does with Evenkeel gone (S8). */
  runDueLeases(at: Minute): readonly GroupRef[];
}

export interface MemoryTargetsOptions {
  readonly groups: PolicyHolder;
  readonly now: () => Minute;
  readonly faults?: FaultSwitch;
}

/** Targets and leases in memory. */
export function createMemoryTargets(options: MemoryTargetsOptions): MemoryTargets {
  const leases = new Map<string, { ref: GroupRef; lease: Lease }>();
  const faults = options.faults ?? { faults: {} };

  const setPolicy = (ref: GroupRef, policy: TargetTrackingPolicy, target: number): void => {
    const group = options.groups.get(ref);
    if (!group?.policies.some((each) => each.name === policy.name)) {
      throw new PortError('not-found', `group ${ref.name} has no policy ${policy.name}`);
    }
    const policies = group.policies.map((each) => (each.name === policy.name ? { ...each, target } : each));
    options.groups.change(ref, { policies });
  };

  return {
    async put(ref, policy, target) {
      failCall(faults, 'put-target', ref);
      if (!(target > 0 && target <= 100))
        throw new PortError('invalid', `a CPU target is 1 to 100 %, not ${target}`);
      setPolicy(ref, policy, target);
    },
    async lease(ref) {
      failCall(faults, 'read-lease', ref);
      return leases.get(groupKey(ref))?.lease;
    },
    async renewLease(ref, lease) {
      failCall(faults, 'renew-lease', ref);
      if (lease.due <= options.now()) throw new PortError('invalid', 'the lease would be due in the past');
      leases.set(groupKey(ref), { ref, lease });
    },
    async endLease(ref) {
      failCall(faults, 'end-lease', ref);
      leases.delete(groupKey(ref));
    },
    runDueLeases(at) {
      const due = [...leases.values()].filter(({ lease }) => lease.due <= at);
      for (const { ref, lease } of due) {
        leases.delete(groupKey(ref));
        const group = options.groups.get(ref);
        if (!group) continue;
        // PutScalingPolicy creates or replaces: a lease that outlives its policy makes it anew.
        const others = group.policies.filter(({ name }) => name !== lease.owner.name);
        options.groups.change(ref, { policies: [...others, lease.owner] });
      }
      return due.map(({ ref }) => ref);
    },
  };
}
