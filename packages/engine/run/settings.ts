import { MINUTES_PER_DAY, type Minutes } from '@evenkeel/core/quantities';
import type { Tournament } from '@evenkeel/core/replay';
import { LIST_PRICES, type PriceTerms } from '@evenkeel/core/rollout';

/** What an installation may adjust. Parsed once at the edge and handed to every use case. */
export interface EngineSettings {
  /** How long a person's change holds a group (S12). */
  readonly overrideHoldMinutes: Minutes;
  /** How long a change without an explanation in the audit trail is waited for: trails are late. */
  readonly trailDelayMinutes: Minutes;
  /** From how many resets in a week on a group goes to recommend (S13). */
  readonly resetsPerWeek: number;
  /** Delay of metrics until they can be read. */
  readonly metricDelay: Minutes;
  /** Start-up time of an instance where nothing better is known. */
  readonly defaultStartup: Minutes;
  /** The rules that pace changes of a live group (S8, S10, S24); off only for scoring. */
  readonly pacing: boolean;
  /** S24: changes of target or strategy for a tenth of the groups a day. */
  readonly fleetPace: boolean;
  /** How many groups the fleet has, of which the tenth is taken; where it is left out, the groups of the run. */
  readonly fleetGroups?: number;
  /** Whether something rolls out what is proposed; where nothing does, nobody is asked for an approval. */
  readonly rollouts: boolean;
  /** What somebody stated of discounts (S23). */
  readonly prices: PriceTerms;
  /** S24: too many groups are anomalous at once, so nothing is lowered in this run. */
  readonly loweringStopped?: boolean;
  /** How many groups the account and region has, where a run is given a part of them (S24). */
  readonly groupsInPlace?: number;
  /**
   * Tournaments under way by series, kept by a process that lives through several nights: each night then plays one day instead
   * of 28. Leave it out where every night is a process of its own.
   */
  readonly tournaments?: Map<string, Tournament>;
}

/** How long a proposal waits for its answer. */
export const ANSWER_MINUTES: Minutes = 3 * MINUTES_PER_DAY;

export const DEFAULT_SETTINGS: EngineSettings = {
  overrideHoldMinutes: MINUTES_PER_DAY,
  trailDelayMinutes: 15,
  resetsPerWeek: 3,
  metricDelay: 2,
  defaultStartup: 5,
  pacing: true,
  fleetPace: true,
  rollouts: true,
  prices: LIST_PRICES,
};
