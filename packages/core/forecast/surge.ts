import { isSaturated } from '../demand/uncensored.ts';
import { ceilInstances, type Instances } from '../quantities.ts';

/**
 * The answer to saturation: a group with nothing left shows its capacity, not the demand, and target tracking then climbs
 * by one proportional step per start-up time. A surge asks for much more at once: `factor` x what is in service when the newest visible demand (capacity units) saturates
 * it, at most `ceiling`; 0 when it does not.
 */
export function surgeFloor(
  factor: number,
  newest: { readonly visible: number; readonly inService: Instances },
  ceiling: Instances,
): Instances {
  if (!isSaturated(newest.visible, newest.inService)) return 0;
  return Math.min(ceiling, ceilInstances(factor * newest.inService));
}
