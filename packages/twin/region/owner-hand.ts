import type { Bounds } from '@evenkeel/core/workload';
import type { Change, GroupRef } from '@evenkeel/engine/ports';
import type { TwinGroupOptions } from './options.ts';
import { setDesired, setPolicies, setSize, type TwinGroup } from './twin-group.ts';

type SizeChange = Partial<Bounds> & { readonly desired?: number };

/** What a person or their tools do to a group, past Evenkeel. */
export interface OwnerHand {
  /** Makes a group that plays from the next minute on. */
  create(group: TwinGroupOptions): GroupRef;
  delete(ref: GroupRef): void;
  /** Changes sizes; the account's audit trail tells it as the change of `who` (default: a person). */
  resize(ref: GroupRef, change: SizeChange, who?: Pick<Change, 'by' | 'who'>): void;
  retag(ref: GroupRef, tags: Readonly<Record<string, string>>): void;
  /** Another target for the group's target tracking, percent. */
  retarget(ref: GroupRef, target: number): void;
}

/** The owner's hand on the groups of a region. */
export function createOwnerHand(region: {
  readonly groupOf: (ref: GroupRef) => TwinGroup;
  readonly create: (group: TwinGroupOptions) => GroupRef;
  readonly remove: (ref: GroupRef) => void;
  readonly record: (ref: GroupRef, change: Omit<Change, 'id' | 'at'>) => void;
}): OwnerHand {
  const { groupOf, create, remove, record } = region;
  return {
    create,
    delete: remove,
    resize(ref, change, who = { by: 'person', who: 'owner' }) {
      const { desired, ...bounds } = change;
      const group = groupOf(ref);
      setSize(group, { ...group.size, ...bounds });
      if (desired !== undefined) setDesired(group, desired);
      record(ref, { ...who, field: 'size', size: change });
    },
    retag(ref, tags) {
      groupOf(ref).tags = tags;
    },
    retarget(ref, target) {
      const group = groupOf(ref);
      setPolicies(
        group,
        group.policies.map((policy) => (policy.kind === 'target-tracking' ? { ...policy, target } : policy)),
      );
      record(ref, { by: 'person', who: 'owner', field: 'policy' });
    },
  };
}
