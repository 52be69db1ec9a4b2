import type { Instances, Minute } from '@evenkeel/core/quantities';

/** A change of shape in a group's life: demand counts in instances, and from then on an instance is another one. */
export interface ShapeStep {
  /** The rollout that made it; the same one counts once. */
  readonly rollout: string;
  /** The first minute of the new shape. */
  readonly at: Minute;
  /** When the first instance was replaced. */
  readonly began?: Minute;
  /** Capacity of a new instance in old ones. */
  readonly ratio: number;
  /** The owner's minimum as it was before, in old instances: what a way back gives back. */
  readonly minimumBefore?: Instances;
}
