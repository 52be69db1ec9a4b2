import type { DurableContext } from '@aws/durable-execution-sdk-js';
import { type RolloutDeps, type RolloutEnd, type RolloutOrder, rollout } from '@evenkeel/engine/rollout';
import { createDurableSteps } from './durable-steps.ts';

/** What an execution begins with. Its `execution` is the name it was started under: the same order twice is one execution. */
export interface RolloutEvent extends RolloutOrder {
  readonly execution: string;
}

export type RolloutFlowDeps = Omit<RolloutDeps, 'steps' | 'execution'>;

/** The rollout on a durable function's context; the composition gives the ports of the order's place. */
export function rolloutFlow(depsOf: (order: RolloutOrder) => RolloutFlowDeps) {
  return (event: RolloutEvent, context: DurableContext): Promise<RolloutEnd> => {
    const { execution, ...order } = event;
    return rollout(order, { ...depsOf(order), steps: createDurableSteps(context), execution });
  };
}
