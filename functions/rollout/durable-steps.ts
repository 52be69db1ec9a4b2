import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { Steps } from '@evenkeel/engine/rollout';

/** A name of an operation may have 64 characters. */
const LONGEST_NAME = 64;

/**
 * The steps of a workflow on a durable function's context: results are kept by Lambda, waits cost nothing, and an answer calls back. A callback
 * that is late or lost is no failure: what the answer was is read where answers are kept.
 */
export function createDurableSteps(
  context: Pick<DurableContext, 'step' | 'wait' | 'waitForCallback'>,
): Steps {
  const nameOf = (name: string): string => name.slice(0, LONGEST_NAME);
  return {
    step: async (name, work) => context.step(nameOf(name), async () => work()),
    wait: async (name, minutes) => {
      await context.wait(nameOf(name), { minutes });
    },
    waitForAnswer: async (name, { minutes, ask }) => {
      try {
        await context.waitForCallback(nameOf(name), (callback) => ask(callback), { timeout: { minutes } });
      } catch (error) {
        if (!isOver(error)) throw error;
      }
    },
  };
}

/** Nobody answered in time, or the answer was sent as a failure: both are read from the approval itself. */
function isOver(error: unknown): boolean {
  const name = error instanceof Error ? `${error.name} ${error.constructor.name}` : '';
  return name.includes('CallbackTimeout') || name.includes('CallbackExternal');
}
