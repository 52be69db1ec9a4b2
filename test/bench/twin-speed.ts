/** How fast the twin plays without Evenkeel: six groups, six weeks, extras off and on. Run: node test/bench/twin-speed.ts */
import { MINUTES_PER_DAY, minute } from '@evenkeel/core/quantities';
import { ALL_EXTRAS, createRegion, type Extras, NO_EXTRAS } from '@evenkeel/twin';
import { autoGroup, office, START } from '../scenarios/support/workloads.ts';

const GROUPS = 6;
const MINUTES = 42 * MINUTES_PER_DAY;

/** Group-minutes a second on one core, demand rendered beforehand. */
function measure(extras: Extras): number {
  const groups = Array.from({ length: GROUPS }, (_, i) =>
    autoGroup(`group-${i}`, 1, { demand: office(`${i}`) }),
  );
  const region = createRegion({ start: START, end: minute(START + MINUTES), groups, extras });
  const began = performance.now();
  region.advance(MINUTES);
  return (GROUPS * MINUTES * 1000) / (performance.now() - began);
}

for (const [name, extras] of [
  ['extras off', NO_EXTRAS],
  ['all extras', ALL_EXTRAS],
] as const) {
  measure(extras);
  console.log(`${name}: ${(measure(extras) / 1e6).toFixed(1)} million group-minutes a second`);
}
