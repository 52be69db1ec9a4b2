import type { RolloutPlan } from '@evenkeel/core/rollout';
import { parsePolicy } from '@evenkeel/core/workload';
import type { RolloutPorts, RolloutRequest } from '../ports/index.ts';
import { rolloutPlanOf } from '../review/shape/rollout-plan-of.ts';
import type { RolloutEnd } from './conclude.ts';
import type { RolloutDeps } from './deps.ts';
import { rollout } from './rollout.ts';

/** A rollout from the proposal that asks for it: the plan is made in the first step, from the tags and the launch template as they are then. */
export async function rolloutOfProposal(request: RolloutRequest, deps: RolloutDeps): Promise<RolloutEnd> {
  const plan = await deps.steps.step('plan', () => planOf(request, deps.ports));
  return rollout({ plan, ref: request.ref }, deps);
}

/** A group that is gone, or whose tags are wrong, is refused by the preflight, which says why. */
async function planOf(
  { id, at, workload, ref, proposal }: RolloutRequest,
  { groups, shapeFacts }: RolloutPorts,
): Promise<RolloutPlan> {
  const group = await groups.read(ref);
  const parsed = group && parsePolicy(group.tags);
  const tier = parsed?.ok ? parsed.policy.tier : 1;
  const template = group ? (await shapeFacts.read(ref, { types: proposal.to.types })).template : '';
  return rolloutPlanOf(proposal, { id, at, workload, tier, template });
}
