import type { Excuse } from '../explain/excuse.ts';
import { ceilInstances, type Instances, type Utilisation } from '../quantities.ts';

/** How a load balancer deals requests out; `other` is anything that watches how busy a target is, or nothing that is known. */
export interface Balancing {
  readonly algorithm: 'round-robin' | 'other';
  readonly slowStart: boolean;
}

/** S21: whether instances of two sizes get the same share each, which the measurement stands on. */
export function isEqualShare(balancing: Balancing): boolean {
  return balancing.algorithm === 'round-robin' && !balancing.slowStart;
}

/** What the rollout has to do about the smaller of the two types. */
export type ShareVerdict =
  | { readonly kind: 'fits'; readonly utilisation: Utilisation }
  /** The floor is raised before the first instance is replaced. */
  | { readonly kind: 'raise'; readonly utilisation: Utilisation; readonly floor: Instances }
  | { readonly kind: 'refused'; readonly excuse: Excuse };

/**
 * S21: at equal share the smaller type gets as much as the larger one. Its utilisation at the predicted peak of the rollout decides.
 * @param peak highest demand of the rollout's hours, capacity units of the old shape
 * @param floor instances that will be there at the least
 * @param ratio capacity of a new instance in old ones
 */
export function judgeShare(options: {
  readonly peak: number;
  readonly floor: Instances;
  readonly ratio: number;
  readonly sloUtilisation: Utilisation;
  readonly maxSize: Instances;
}): ShareVerdict {
  const { peak, floor, ratio, sloUtilisation, maxSize } = options;
  const smaller = Math.min(1, ratio);
  const utilisation = peak / Math.max(1, floor) / smaller;
  if (utilisation <= sloUtilisation) return { kind: 'fits', utilisation };
  const needed = ceilInstances(peak / smaller / sloUtilisation);
  if (needed <= maxSize) return { kind: 'raise', utilisation, floor: needed };
  return {
    kind: 'refused',
    excuse: {
      code: 'uneven-share',
      bottleneck: 'MaxSize',
      facts: { utilisation, limit: sloUtilisation, needed, maxSize },
    },
  };
}
