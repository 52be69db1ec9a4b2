import { DEFAULT_SLO_UTILISATION } from '@evenkeel/core/workload';
import type { GroupRef } from '@evenkeel/engine/ports';
import { ownerRun, type Region } from '@evenkeel/twin';
import type { Picture } from '../page/picture.ts';
import { DEMO_ENDS, EVENKEEL_BEGINS } from './calendar.ts';

/**
 * A group's two lived weeks, as its owner had set it up and as they went; the region must have been lived to the end of the demo.
 * Instances of another type count as what they carry of the first one's work.
 */
export function demoPicture(region: Region, ref: GroupRef): Picture {
  const group = region.group(ref);
  const { demand, felt, start } = group;
  const history = region.history(ref);
  const owner = ownerRun(group).run.inService;
  const minutes = DEMO_ENDS - EVENKEEL_BEGINS;
  const first = EVENKEEL_BEGINS - start;
  const series = (at: (m: number) => number) =>
    Float64Array.from({ length: minutes }, (_, i) => at(first + i));
  const work = (m: number) => (felt[m]! > 0 ? demand[m]! / felt[m]! : 1);
  return {
    start: EVENKEEL_BEGINS,
    need: series((m) => demand[m]! / DEFAULT_SLO_UTILISATION),
    owner: series((m) => owner[m]!),
    evenkeel: series((m) => history.inService[m]! * work(m)),
  };
}
