import type { Excuse } from '@evenkeel/core/explain';
import type { RolloutPlan } from '@evenkeel/core/rollout';
import { parsePolicy } from '@evenkeel/core/workload';
import { type PortError, portErrorCode, type RolloutPorts, type RolloutRequest } from '../ports/index.ts';
import { rolloutPlanOf } from '../review/shape/rollout-plan-of.ts';
import { closeQuestion } from './close-question.ts';
import type { RolloutEnd } from './conclude.ts';
import { type Rollout, type RolloutDeps, record } from './deps.ts';
import { rollout } from './rollout.ts';

/** The plan, and why nothing can be begun with it where that is known before any look at the group. */
interface Ordered {
  readonly plan: RolloutPlan;
  readonly denied?: Excuse;
}

/** A rollout from the proposal that asks for it: the plan is made in the first step, from the tags and the launch template as they are then. */
export async function rolloutOfProposal(request: RolloutRequest, deps: RolloutDeps): Promise<RolloutEnd> {
  const { ref } = request;
  const { plan, denied } = await deps.steps.step('plan', () => order(request, deps.ports));
  if (denied === undefined) return rollout({ plan, ref }, deps);
  await deps.steps.step('not-begun', () => tellDenied({ ...deps, plan, ref }, denied));
  return 'not-begun';
}

async function tellDenied(all: Rollout, denied: Excuse): Promise<'told'> {
  await closeQuestion(all);
  await record(all, 'not-begun', { excuses: [denied] });
  return 'told';
}

/**
 * A group that is gone, or whose tags are wrong, is refused by the preflight, which says why. An account that does not let rollouts in (its role
 * was not made) is told as what it is: it has nothing to undo, and trying again helps nothing.
 */
async function order(request: RolloutRequest, ports: RolloutPorts): Promise<Ordered> {
  try {
    return { plan: await planOf(request, ports) };
  } catch (error) {
    if (portErrorCode(error) !== 'denied') throw error;
    const { id, at, workload, proposal } = request;
    const plan = rolloutPlanOf(proposal, { id, at, workload, tier: 1, template: '' });
    const facts = { message: (error as PortError).message };
    return { plan, denied: { code: 'write-refused', bottleneck: 'denied', facts } };
  }
}

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
