import type { Decision, Excuse, LedgerEntry, Outcome } from '@evenkeel/core/explain';
import {
  type Instant,
  MINUTES_PER_DAY,
  type Minute,
  type Minutes,
  minuteOf,
} from '@evenkeel/core/quantities';
import { LIST_PRICES, type PriceTerms, type RolloutPlan } from '@evenkeel/core/rollout';
import type { GroupRef, RolloutPorts } from '../ports/index.ts';
import { ANSWER_MINUTES } from '../run/settings.ts';
import type { Steps } from './steps.ts';

export interface RolloutSettings {
  /** How long an approval may be waited for. */
  readonly approvalMinutes: Minutes;
  readonly prices: PriceTerms;
  /** vCPUs that run in an account, for the brake (S24); where more are seen to run in the group's region, those count. */
  readonly accountVcpus: number;
  /** How long a shape that was rolled back is not tried again. */
  readonly notAgainMinutes: Minutes;
  /** After how long it is looked whether the change saves what it promised. */
  readonly verifyAfter: Minutes;
}

export const DEFAULT_ROLLOUT_SETTINGS: RolloutSettings = {
  approvalMinutes: ANSWER_MINUTES,
  prices: LIST_PRICES,
  accountVcpus: 0,
  notAgainMinutes: 30 * MINUTES_PER_DAY,
  verifyAfter: MINUTES_PER_DAY,
};

/** The plan and the group it is for. Plain JSON: a durable workflow begins with it. */
export interface RolloutOrder {
  readonly plan: RolloutPlan;
  readonly ref: GroupRef;
}

export interface RolloutDeps {
  readonly ports: RolloutPorts;
  readonly steps: Steps;
  /** Read inside steps only, where its answer is kept. */
  readonly now: () => Instant;
  readonly settings: RolloutSettings;
  /** This execution of the workflow, the same whenever it goes on: a second one for the same plan does nothing. */
  readonly execution: string;
}

/** Everything one rollout's steps work with. */
export interface Rollout extends RolloutDeps, RolloutOrder {}

export function minuteNow(rollout: Pick<RolloutDeps, 'now'>): Minute {
  return minuteOf(rollout.now());
}

/** The id a decision of this rollout has in the ledger: a function of the plan, so that a step done twice writes it once. */
export function rolloutDecisionId(plan: RolloutPlan, what: string): string {
  return `rollout/${plan.id}/${what}`;
}

/** Puts what was decided into the ledger, then tells it. Twice is once. */
export async function record(
  rollout: Rollout,
  what: string,
  entry: { readonly decision?: Decision; readonly outcome?: Outcome; readonly excuses?: readonly Excuse[] },
  id: string = rolloutDecisionId(rollout.plan, what),
): Promise<void> {
  const { ports, plan, ref } = rollout;
  const { decision, outcome, excuses = [] } = entry;
  const written: LedgerEntry = {
    id,
    at: minuteNow(rollout),
    workload: plan.workload,
    group: ref.name,
    place: { account: ref.account, region: ref.region },
    ...(decision && { decision, outcome: outcome ?? { kind: 'applied' } }),
    excuses,
  };
  const known = await ports.ledger.recent({ workload: plan.workload, limit: 200, group: ref.name });
  if (known.some(({ id }) => id === written.id)) return;
  await ports.ledger.append([written]);
  await ports.notices.publish([written]);
}
