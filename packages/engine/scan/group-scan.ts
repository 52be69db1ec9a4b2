import type { Excuse } from '@evenkeel/core/explain';
import type { Instances, Minute, Minutes } from '@evenkeel/core/quantities';
import type { ReplayGate } from '@evenkeel/core/savings';
import type { Mode, Tier } from '@evenkeel/core/workload';
import type { GroupRef } from '../ports/index.ts';

/** What a configuration made, or would have made, of the scored days. */
export interface ScanFigures {
  readonly instanceHoursPerDay: number;
  /** A month of 30 days at this rate; absent where the price of the type is not known. */
  readonly dollarsPerMonth?: number;
  readonly hotMinutesPerDay: number;
  /** Instance-minutes a day by which capacity stayed below need. */
  readonly missingPerDay: number;
  readonly launchesPerDay: number;
  /** (billed + loss factor x missing) / what perfect foresight would have billed. */
  readonly riskAdjustedCost: number;
}

/** What was read of a group, without any replay: of all the days there are. */
export interface Measured {
  readonly days: number;
  readonly meanInService: number;
  readonly meanUtilisation: number;
  /** The most instances that demand needed at the SLO utilisation. */
  readonly highestNeed: number;
  readonly hotMinutesPerDay: number;
  /** Share of all instance-hours beyond what demand needed. */
  readonly idleShare: number;
}

/** A strategy and the night from which it would have been in force. */
export interface Night {
  readonly from: Minute;
  readonly strategy: string;
}

/** The scored days minute by minute, in instances. */
export interface ScanPicture {
  readonly start: Minute;
  readonly need: Float64Array;
  /** Under the owner's own configuration, and under Evenkeel, both replayed. */
  readonly owner: Float64Array;
  readonly evenkeel: Float64Array;
}

/** The two weeks that would have been. */
export interface Backtest {
  /** Days that were learned from only, and the scored ones: `from` inclusive to `until` exclusive. */
  readonly learnedDays: number;
  readonly scoredDays: number;
  readonly from: Minute;
  readonly until: Minute;
  /** The owner's target in percent. */
  readonly ownTarget: number;
  readonly owner: ScanFigures;
  readonly evenkeel: ScanFigures;
  readonly nights: readonly Night[];
  /** Whether the replay of the owner's own configuration matches what was measured on the same days (S9). */
  readonly gate: ReplayGate;
  readonly picture: ScanPicture;
}

/** USD an hour, and the day the price was read. */
export interface ScanPrice {
  readonly usdPerHour: number;
  readonly asOf: string;
}

/** What a scan says of a group. */
export interface GroupScan {
  readonly ref: GroupRef;
  /** The tag's; absent where the group carries none. */
  readonly workload?: string;
  readonly tier: Tier;
  /** The tier was assumed: no tag says it. */
  readonly tierAssumed: boolean;
  readonly mode?: Mode;
  readonly instanceType?: string;
  /** Of one instance as the group buys it, On-Demand and Spot by share, list price. */
  readonly price?: ScanPrice;
  readonly startup: Minutes;
  readonly size: { readonly min: Instances; readonly max: Instances };
  readonly measured?: Measured;
  /** Absent where nothing can be replayed; the excuses say why. */
  readonly backtest?: Backtest;
  /** What stands in the way, and what limits the result. */
  readonly excuses: readonly Excuse[];
}
