import { quantile } from '../../demand/quantile.ts';
import type { Policy } from '../kernel.ts';
import type { World } from '../world.ts';

const WINDOW = 11_520;
const STEP = 5;
const HEADROOM = 1.15;

/** The moving-window family of Autopilot and VPA: hourly, 1.15 x the 90th percentile of the last 8 days, set directly. */
export function movingP90(world: World): Policy {
  let size: number | undefined;
  return {
    wish: (minute, view) => {
      if (minute % 60 === 0 && view.newest >= 0) {
        const from = Math.max(0, view.newest - WINDOW);
        const samples = new Float64Array(Math.floor((view.newest - from) / STEP) + 1);
        for (let i = 0; i < samples.length; i++) samples[i] = view.visible[from + i * STEP]!;
        size = Math.ceil((HEADROOM * quantile(samples, 0.9)) / world.sloUtilisation);
      }
      return size ?? view.fleet.inService + view.fleet.starting;
    },
  };
}
