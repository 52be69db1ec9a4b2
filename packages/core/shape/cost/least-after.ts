import { ceilInstances, type Instances } from '../../quantities.ts';

/** The fewest instances a group is given: one alone is no group. */
export const LEAST_COUNT: Instances = 2;

/**
 * The least size in instances that carry `capacity` of the present ones: never below two, nor below one for each zone that may be lost, where
 * the owner has that many. What the minimum keeps besides load is that something is left when an instance or a zone goes.
 */
export function leastAfter(
  min: Instances,
  { capacity, zonesAtRisk = 0 }: { readonly capacity: number; readonly zonesAtRisk?: number },
): Instances {
  return Math.max(ceilInstances(min / capacity), Math.min(min, Math.max(LEAST_COUNT, zonesAtRisk)));
}
