import type { Instances, Minute } from '@evenkeel/core/quantities';

/** A change of shape in a group's life: demand counts in instances, and from then on an instance is another one. */
export interface ShapeStep {
  /** The rollout that made it; the same one counts once. */
  readonly rollout: string;
  /** The first minute of the new shape. */
  readonly at: Minute;
  /** Capacity of a new instance in old ones. */
  readonly ratio: number;
  /** The owner's minimum as it was before, in old instances: what a way back gives back. */
  readonly minimumBefore?: Instances;
}

/**
 * How many instances of minute `since` one instance of today is: what demand of today is multiplied by to be in that minute's instances, and
 * what demand of that minute is divided by to be in today's.
 */
export function unitsSince(steps: readonly ShapeStep[] | undefined, since: Minute): number {
  return (steps ?? []).reduce((units, step) => (step.at > since ? units * step.ratio : units), 1);
}

/** Demand of old shapes in today's instances, in place; `values` begin in minute `start`. */
export function inTodaysUnits(
  steps: readonly ShapeStep[] | undefined,
  start: Minute,
  values: Float64Array,
): Float64Array {
  for (const { at, ratio } of steps ?? []) {
    const end = Math.min(values.length, at - start);
    for (let i = 0; i < end; i++) values[i]! /= ratio;
  }
  return values;
}
