import type { Instances } from '../../quantities.ts';
import type { Policy } from '../kernel.ts';
import type { World } from '../world.ts';

const HEADROOM = 1.2;

/** A fixed size: 1.2 x the highest need of the true `history` (capacity units), at most the group's maximum. */
export function staticSize(world: World, history: Float64Array): Policy {
  let peak = 0;
  for (const value of history) if (value > peak) peak = value;
  const size: Instances = Math.min(world.bounds.max, Math.ceil(HEADROOM * (peak / world.sloUtilisation)));
  return { wish: () => size };
}
