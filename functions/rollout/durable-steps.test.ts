import type { DurableContext } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { createDurableSteps } from './durable-steps.ts';

class CallbackTimeoutError extends Error {
  override readonly name = 'CallbackTimeoutError';
}

/** A context whose callbacks come out as told, one after the other, the last one again and again. */
function context(...outcomes: readonly ('called' | 'timed out' | 'broken')[]) {
  const timeouts: number[] = [];
  const names: string[] = [];
  const fake = {
    step: async (name: string, work: () => Promise<unknown>) => {
      names.push(name);
      return work();
    },
    wait: async () => {},
    createCallback: async (_name: string, { timeout }: { timeout: { minutes: number } }) => {
      const outcome = outcomes[Math.min(timeouts.length, outcomes.length - 1)];
      timeouts.push(timeout.minutes);
      const called = (async () => {
        if (outcome === 'timed out') throw new CallbackTimeoutError('nobody called');
        if (outcome === 'broken') throw new TypeError('no such thing');
      })();
      // As the SDK's: nobody has to wait for it.
      called.catch(() => {});
      return [called, `callback-${timeouts.length}`];
    },
  };
  return { steps: createDurableSteps(fake as unknown as DurableContext), timeouts, names };
}

/** A question that is answered from the given look on. */
function question(answeredFrom: number, minutes = 600) {
  const callbacks: (string | undefined)[] = [];
  let looks = 0;
  return {
    callbacks,
    looks: () => looks,
    asked: {
      minutes,
      ask: async (callback: string | undefined) => void callbacks.push(callback),
      answered: async () => ++looks >= answeredFrom,
    },
  };
}

describe('waiting for an answer on a durable function', () => {
  it('asks with an address to call back, and goes on when called', async () => {
    const { steps } = context('called');
    const { asked, callbacks } = question(2);
    await steps.waitForAnswer('approval', asked);
    expect(callbacks[0]).toBe('callback-1');
  });

  it('an answer whose call was lost is seen three hours after', async () => {
    const { steps, timeouts } = context('timed out');
    const { asked, looks } = question(3);
    await steps.waitForAnswer('approval', asked);
    expect([looks(), timeouts]).toEqual([3, [180, 180, 180]]);
  });

  it('no answer: it ends when the minutes are over, and not before', async () => {
    const { steps, timeouts } = context('timed out');
    await steps.waitForAnswer('approval', question(Number.POSITIVE_INFINITY, 400).asked);
    expect(timeouts).toEqual([180, 180, 40]);
  });

  it('a call without an answer is no answer, and takes nothing from the time', async () => {
    const { steps, timeouts } = context('called', 'timed out');
    await steps.waitForAnswer('approval', question(Number.POSITIVE_INFINITY, 200).asked);
    expect(timeouts).toEqual([180, 180, 20]);
  });

  it('anything else that goes wrong is not taken for silence', async () => {
    const { steps } = context('broken');
    await expect(steps.waitForAnswer('approval', question(9).asked)).rejects.toThrow('no such thing');
  });

  it('an approval waited for to the end stays far below the 3,000 operations of an execution', async () => {
    const { steps, timeouts, names } = context('timed out');
    await steps.waitForAnswer('approval', question(Number.POSITIVE_INFINITY, 3 * 1440).asked);
    expect(timeouts.length + names.length).toBeLessThan(100);
  });
});
