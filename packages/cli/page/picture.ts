import type { Minute } from '@evenkeel/core/quantities';

/** One group's time as it would have been and as it was, instances per minute from `start` on; all three are equally long. */
export interface Picture {
  readonly start: Minute;
  readonly need: Float64Array;
  /** In service under the owner's own configuration, and under Evenkeel. */
  readonly owner: Float64Array;
  readonly evenkeel: Float64Array;
}
