import { describe, expect, it } from 'vitest';
import { createCallBudget } from './call-budget.ts';
import { sleepingClock } from './testing/recorded-endpoint.ts';

describe('createCallBudget', () => {
  it('S26: no span of a second holds more than two calls, whatever the order of asking', async () => {
    const clock = sleepingClock(1_000_000);
    const budget = createCallBudget({ perSecond: 2, timing: clock.timing });
    const times: number[] = [];
    const one = async () => {
      await budget();
      times.push(clock.timing.now());
      // A call takes a moment, and the gaps are uneven.
      clock.advance(times.length % 3 === 0 ? 130 : 10);
    };
    await Promise.all(Array.from({ length: 5 }, one));
    for (let index = 0; index < 15; index += 1) await one();
    expect(times).toHaveLength(20);
    for (let index = 2; index < times.length; index += 1) {
      expect(times[index]! - times[index - 2]!).toBeGreaterThanOrEqual(1_000);
    }
  });

  it('lets a quiet caller through at once', async () => {
    const clock = sleepingClock();
    const budget = createCallBudget({ perSecond: 2, timing: clock.timing });
    for (let index = 0; index < 6; index += 1) {
      await budget();
      clock.advance(500);
    }
    expect(clock.sleeps).toEqual([]);
  });
});
