import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { requestReadingFrom } from './request-reading.ts';

const NOW = 29_000_100 as Minute;
const FROM = (NOW - 6) as Minute;
const at = (...minutes: number[]) => minutes.map((each) => (FROM + each) as Minute);

describe('requestReadingFrom', () => {
  it('adds target groups up; no requests with hosts reported is 0, nothing reported is missing', () => {
    const reading = requestReadingFrom({
      from: FROM,
      to: NOW,
      now: NOW,
      perInstanceMinute: 1000,
      segments: [
        {
          period: 1,
          requests: [
            { minutes: at(0, 1), values: [1500, 500] },
            { minutes: at(0), values: [500] },
          ],
          hosts: [{ minutes: at(0, 1, 2, 4), values: [3, 3, 3, 3] }],
        },
      ],
    });
    expect([...reading.demand.values]).toEqual([2, 0.5, 0, Number.NaN, 0]);
    expect(reading.inService).toHaveLength(5);
    expect(reading.inService.every(Number.isNaN)).toBe(true);
  });

  it('spreads sums over longer periods, and leaves a period that is not over for later', () => {
    const series = { minutes: at(0, 5), values: [5000, 9999] };
    const { demand } = requestReadingFrom({
      from: FROM,
      to: NOW,
      now: NOW,
      perInstanceMinute: 1000,
      segments: [{ period: 5, requests: [series], hosts: [] }],
    });
    expect([...demand.values]).toEqual([1, 1, 1, 1, 1]);
  });
});
