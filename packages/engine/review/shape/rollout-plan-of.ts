import type { ShapeProposedDecision } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import type { RolloutPlan } from '@evenkeel/core/rollout';
import type { Tier } from '@evenkeel/core/workload';

/** A proposal that a rollout can be begun with. */
export type ProposalToRollOut = Pick<
  ShapeProposedDecision,
  'from' | 'to' | 'expected' | 'performanceFactor'
> &
  Required<Pick<ShapeProposedDecision, 'terms'>> &
  Pick<ShapeProposedDecision, 'wayBackOf'>;

/**
 * The plan of a rollout from the proposal as it stands in the ledger.
 * @param about `id`, `at` and `workload` of the ledger entry; `template` as ShapeFacts give it when the rollout is ordered
 */
export function rolloutPlanOf(
  { from, to, expected, performanceFactor, terms, wayBackOf }: ProposalToRollOut,
  about: {
    readonly id: string;
    readonly at: Minute;
    readonly workload: string;
    readonly tier: Tier;
    readonly template: string;
  },
): RolloutPlan {
  const { vcpus, usdPerInstanceHour, size, demand } = terms;
  const { id, at, workload, tier, template } = about;
  return {
    id,
    workload,
    tier,
    from,
    to,
    vcpus,
    usdPerInstanceHour,
    promisedFactor: performanceFactor,
    expected,
    basis: { at, size, demand, template },
    ...(wayBackOf !== undefined && { wayBackOf }),
  };
}
