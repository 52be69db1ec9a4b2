import type { DemandSeries } from '@evenkeel/core/demand';
import type { Minute } from '@evenkeel/core/quantities';
import type { GroupRef, GroupSnapshot } from './group.ts';

/** What CloudWatch shows of a group's load. */
export interface DemandReading {
  /** Visible demand (utilisation x instances in service) from `from` up to the newest datapoint there is; NaN where one is missing. */
  readonly demand: DemandSeries;
  /** Instances that reported, the same minutes as `demand`; NaN where unknown. */
  readonly inService: Float64Array;
  /** How far apart the source's datapoints are; 5-minute datapoints are spread over their minutes. */
  readonly periodMinutes: 1 | 5;
}

/** Signs that falling demand is not good news (S6). A field is absent where the group has no such metric. */
export interface GuardReading {
  /** Share of requests that failed, 0 … 1. */
  readonly errorShare?: number;
  readonly latencySeconds?: number;
  readonly unhealthyHosts?: number;
}

/** Reads metrics. */
export interface Metrics {
  /**
   * Visible demand of minutes `from` (inclusive) … `to` (exclusive); datapoints younger than the metric delay are not there yet.
   * `like` is the group that follows `ref` in its series: a group that is gone cannot say any more how its metrics are to be read,
   * so they are read as this one's are (S17).
   */
  demand(ref: GroupRef, from: Minute, to: Minute, like?: GroupSnapshot): Promise<DemandReading>;
  /** Read only when a floor would fall (S26). */
  guard(ref: GroupRef, at: Minute): Promise<GuardReading>;
}
