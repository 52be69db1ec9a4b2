import { createRetryStrategy, type DurableContext } from '@aws/durable-execution-sdk-js';
import type { Minutes } from '@evenkeel/core/quantities';
import type { Steps } from '@evenkeel/engine/rollout';

/** A name of an operation may have 64 characters. */
const LONGEST_NAME = 64;
/** An answer whose call back was lost is seen this long after, at the latest. An execution has 3,000 operations; each look takes three. */
const LOOK_EVERY: Minutes = 3 * 60;

/**
 * A step that fails (throttled, a region that does not answer) is tried for about a quarter of an hour: less than after which the backstop
 * takes the rollout for dead, and longer than most of what passes by itself.
 */
const retryStrategy = createRetryStrategy({
  maxAttempts: 8,
  initialDelay: { seconds: 10 },
  maxDelay: { minutes: 5 },
  backoffRate: 2,
});

/** The steps of a workflow on a durable function's context: results are kept by Lambda, and waits cost nothing. */
export function createDurableSteps(context: Pick<DurableContext, 'step' | 'wait' | 'createCallback'>): Steps {
  const nameOf = (name: string): string => name.slice(0, LONGEST_NAME);
  const step: Steps['step'] = (name, work) =>
    context.step(nameOf(name), async () => work(), { retryStrategy });

  /** Waits to be called back, or until the minutes are over; gives whether they are. */
  const isOverAfter = async (called: Promise<unknown>): Promise<boolean> => {
    try {
      await called;
      return false;
    } catch (error) {
      if (isOver(error)) return true;
      throw error;
    }
  };

  return {
    step,
    wait: async (name, minutes) => {
      await context.wait(nameOf(name), { minutes });
    },
    // Woken or not, what the answer was is read where answers are kept: a wake that is late, comes twice or is lost changes nothing.
    waitForAnswer: async (name, { minutes, ask, answered }) => {
      let left = minutes;
      for (let turn = 1; left > 0; turn++) {
        const span = Math.min(left, LOOK_EVERY);
        const timeout = { minutes: span };
        const [called, callback] = await context.createCallback(nameOf(`${name} ${turn}`), { timeout });
        await step(`ask ${name} ${turn}`, () => ask(callback));
        // Who answered before there was a callback to call has called nobody.
        if (await step(`${name} answered ${turn}`, answered)) return;
        if (await isOverAfter(called)) left -= span;
      }
    },
  };
}

/** Nobody called in time, or the call was sent as a failure. */
function isOver(error: unknown): boolean {
  const name = error instanceof Error ? `${error.name} ${error.constructor.name}` : '';
  return name.includes('CallbackTimeout') || name.includes('CallbackExternal');
}
