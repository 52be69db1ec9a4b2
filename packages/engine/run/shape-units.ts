import type { Minute } from '@evenkeel/core/quantities';
import type { ShapeStep } from '../ports/index.ts';

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
