import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { ExecutionInput } from '@evenkeel/aws/durable';
import type { GroupRef } from '@evenkeel/engine/ports';
import { type RolloutDeps, type RolloutEnd, rolloutOfProposal } from '@evenkeel/engine/rollout';
import { createDurableSteps } from './durable-steps.ts';

export type RolloutFlowDeps = Omit<RolloutDeps, 'steps' | 'execution'>;

/**
 * The rollout on a durable function's context; the composition gives the ports of the group's place. Its `execution` is the name it was
 * started under: the same proposal twice is one execution.
 */
export function rolloutFlow(depsOf: (ref: GroupRef) => RolloutFlowDeps) {
  return ({ execution, ...request }: ExecutionInput, context: DurableContext): Promise<RolloutEnd> =>
    rolloutOfProposal(request, {
      ...depsOf(request.ref),
      steps: createDurableSteps(context),
      execution,
    });
}
