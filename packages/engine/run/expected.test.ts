import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import type { ExpectedEvent } from '../ports/index.ts';
import { announcedOf, withExpected } from './expected.ts';

const DAY = 1440;
const NOW = (100 * DAY) as Minute;

function event(name: string, until: number, changes: Partial<ExpectedEvent> = {}): ExpectedEvent {
  return { name, from: (until - 60) as Minute, until: until as Minute, factor: 2, ...changes };
}

const sale = event('sale', NOW + 600);

describe('what a workload expects', () => {
  it('takes the place of the one of the same name that is not over, not of one that is', () => {
    const past = event('sale', NOW - 7 * DAY);
    const kept = withExpected([past, event('sale', NOW + 60), event('match', NOW + 90)], sale, NOW);
    expect(kept).toEqual([event('match', NOW + 90), sale, past]);
  });

  it('remembers what was announced for the 28 days that lessons look back, and no boosts', () => {
    const within = event('old', NOW - 27 * DAY);
    const over = [
      event('older', NOW - 29 * DAY),
      event('boost by ann', NOW - 60),
      event('alarm busy', NOW - 60),
      event('only instances', NOW - 60, { factor: 1, add: 5 }),
    ];
    expect(withExpected([...over, within], sale, NOW)).toEqual([sale, within]);
  });

  it('is announced demand only where it is a multiple, and no boost', () => {
    const boosts = [event('boost by ann', NOW + 60), event('alarm busy', NOW + 60)];
    expect(announcedOf([...boosts, event('plain', NOW + 60, { factor: 1, add: 3 }), sale])).toEqual([sale]);
  });
});
