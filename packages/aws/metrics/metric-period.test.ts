import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { metricPeriodFrom } from './metric-period.ts';

/** Samples of an hour, `counts(minute)` each; 0 gives no datapoint. */
function samples(counts: (at: number) => number) {
  const all = Array.from({ length: 57 }, (_, at) => at).filter((at) => counts(at) > 0);
  return { minutes: all as Minute[], values: all.map(counts) };
}

describe('metricPeriodFrom', () => {
  it.each<[string, (at: number) => number, number, 1 | 5 | undefined]>([
    ['detailed: every instance, every minute', () => 4, 4, 1],
    ['detailed with a gap every tenth minute', (at) => (at % 10 === 3 ? 0 : 4), 4, 1],
    ['detailed, a fourth instance still silent', () => 3, 4, 1],
    ['basic, all in the same minute', (at) => (at % 5 === 2 ? 20 : 0), 20, 5],
    ['basic, twenty instances spread over the minutes', () => 4, 20, 5],
    ['basic, two instances in two minutes', (at) => (at % 5 === 0 || at % 5 === 3 ? 1 : 0), 2, 5],
    ['half the group relaunched with detailed monitoring', (at) => 5 + (at % 5 === 0 ? 5 : 0), 10, undefined],
    ['nothing reported', () => 0, 4, undefined],
    ['nothing runs', () => 4, 0, undefined],
    ['only the first two minutes of a new group', (at) => (at > 54 ? 4 : 0), 4, undefined],
  ])('%s', (_, counts, running, expected) => {
    expect(metricPeriodFrom(samples(counts), running)).toBe(expected);
  });
});
