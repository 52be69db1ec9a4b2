import type { Instances, Minute } from '../quantities.ts';

/** Floors of the time ahead: `floors[i]` holds for `stepMinutes` minutes beginning with minute `from + i * stepMinutes`. */
export interface FloorSchedule {
  readonly from: Minute;
  readonly stepMinutes: 5;
  readonly floors: readonly Instances[];
}
