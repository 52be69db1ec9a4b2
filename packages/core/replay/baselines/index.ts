import { MINUTES_PER_DAY } from '../../quantities.ts';
import type { Policy } from '../kernel.ts';
import type { Trace } from '../trace.ts';
import { track } from '../track.ts';
import type { World } from '../world.ts';
import { movingP90 } from './moving-p90.ts';
import { predictiveScaling } from './predictive-scaling.ts';
import { staticSize } from './static-size.ts';

export { movingP90, predictiveScaling, staticSize };

/** A policy of the benchmark by its name in the tables. */
export interface Baseline {
  readonly name: string;
  readonly create: (world: World, trace: Trace) => Policy;
}

const TRACKING_TARGETS = [30, 35, 40, 45, 50, 55, 60, 65, 70, 75] as const;
const PREDICTIVE_TARGETS = [40, 50, 60] as const;

/** Everything Evenkeel is measured against, in the order of the tables; the oracle and the hindsight row are sums over these. */
export const BASELINES: readonly Baseline[] = [
  {
    name: 'static',
    create: (world, trace) =>
      staticSize(world, trace.demand.subarray(0, trace.historyDays * MINUTES_PER_DAY)),
  },
  ...TRACKING_TARGETS.map((target) => ({ name: `tt-${target}`, create: () => track(target / 100) })),
  ...PREDICTIVE_TARGETS.map((target) => ({
    name: `ps+tt-${target}`,
    create: (world: World) => predictiveScaling(world, target / 100),
  })),
  { name: 'moving-p90', create: (world) => movingP90(world) },
];
