import type { Run } from '@evenkeel/core/replay';
import type { TwinGroup } from './twin-group.ts';

/**
 * What becomes of the launches the kernel has just made in a minute: some are refused, some are up sooner than the slowest.
 * The kernel books all of them for the latest possible minute; both corrections are moves within its own fleet.
 */
export function unsettleLaunches(group: TwinGroup, minute: number): void {
  const { run, extras, chances } = group;
  const launched = run.launched[minute]!;
  if (launched === 0) return;
  const { arrivals, startup } = run.fleet;
  const slot = (minute + startup) % arrivals.length;
  let refused = 0;
  for (let i = 0; i < launched; i++) {
    // One index per launch: a group never asks for this many in one minute.
    const index = minute * 1024 + i;
    if (chances.launches.uniform(index) < extras.launchFailures) refused += 1;
    else if (extras.startupJitter > 0) {
      const sooner = Math.floor(chances.startups.uniform(index) * (extras.startupJitter + 1));
      arrivals[slot]! -= 1;
      arrivals[(minute + startup - sooner) % arrivals.length]! += 1;
    }
  }
  if (refused > 0) refuse(run, slot, refused, minute);
}

function refuse(run: Run, slot: number, refused: number, minute: number): void {
  run.fleet.arrivals[slot]! -= refused;
  run.fleet.starting -= refused;
  run.launched[minute]! -= refused;
}
