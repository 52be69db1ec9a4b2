import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { createMemoryScheduledActions } from './scheduled-actions.ts';

const ref = { account: '1', region: 'eu-west-1', name: 'web' };
const NOW = 29_000_160 as Minute; // a full hour

describe('the hand of the executing region on the scheduled actions', () => {
  it('takes one-off actions out when they are due and leaves the rest', async () => {
    const actions = createMemoryScheduledActions({ now: () => NOW });
    const steps = [1, 5].map((i) => ({ name: `s${i}`, start: (NOW + i) as Minute, minSize: i }));
    await actions.put(ref, steps, { decisionId: 'd' });
    expect(actions.takeDue(NOW)).toEqual([]);
    expect(actions.takeDue((NOW + 1) as Minute)).toEqual([{ ref, action: steps[0] }]);
    expect(actions.takeDue((NOW + 4) as Minute)).toEqual([]);
    expect(await actions.list(ref)).toEqual([steps[1]]);
    expect(actions.takeDue((NOW + 9) as Minute)).toHaveLength(1);
  });

  it('arms a recurring action again for its next run', async () => {
    const actions = createMemoryScheduledActions({ now: () => NOW });
    const start = (NOW + 60) as Minute;
    await actions.put(ref, [{ name: 'hourly', start, minSize: 3, recurrence: '0 * * * *' }], {
      decisionId: 'd',
    });
    expect(actions.takeDue(start)).toHaveLength(1);
    expect((await actions.list(ref))[0]?.start).toBe(start + 60);
  });
});
