import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { nextRun, runsBetween } from './cron.ts';

const at = (iso: string) => (Date.parse(iso) / 60_000) as Minute;
const action = (recurrence: string, timeZone?: string) => ({
  name: 'owner',
  start: at('2026-03-01T00:00Z'),
  minSize: 2,
  recurrence,
  ...(timeZone === undefined ? {} : { timeZone }),
});

describe('runs of a recurring scheduled action', () => {
  it.each([
    ['0 8 * * *', undefined, '2026-03-02T00:00Z', '2026-03-02T08:00Z'],
    ['*/20 * * * *', undefined, '2026-03-02T00:00Z', '2026-03-02T00:20Z'],
    ['30 7 * * mon-fri', undefined, '2026-03-06T07:30Z', '2026-03-09T07:30Z'],
    ['0 0 1 jan *', undefined, '2026-03-02T00:00Z', '2027-01-01T00:00Z'],
    ['0 12 * * 7', undefined, '2026-03-02T00:00Z', '2026-03-08T12:00Z'],
    // Either day field is enough where both are given.
    ['0 0 15 * 5', undefined, '2026-03-02T00:00Z', '2026-03-06T00:00Z'],
    // Berlin changes to summer time on 2026-03-29.
    ['0 8 * * *', 'Europe/Berlin', '2026-03-28T00:00Z', '2026-03-28T07:00Z'],
    ['0 8 * * *', 'Europe/Berlin', '2026-03-29T00:00Z', '2026-03-29T06:00Z'],
    ['15 9 * * *', 'Asia/Kathmandu', '2026-03-02T00:00Z', '2026-03-02T03:30Z'],
  ])('%s in %s after %s runs at %s', (cron, zone, after, expected) => {
    expect(nextRun(action(cron, zone), at(after))).toBe(at(expected));
  });

  it('lists every run of a day and stops at its end', () => {
    const from = at('2026-03-02T00:00Z');
    const to = at('2026-03-03T00:00Z');
    expect(runsBetween(action('0 */6 * * *'), from, to)).toHaveLength(4);
    expect(runsBetween({ ...action('0 */6 * * *'), end: at('2026-03-02T07:00Z') }, from, to)).toHaveLength(2);
  });

  it('takes only the start of a cron it cannot read', () => {
    const odd = { ...action('every tuesday'), start: at('2026-03-02T05:00Z') };
    expect(runsBetween(odd, at('2026-03-02T00:00Z'), at('2026-03-05T00:00Z'))).toEqual([odd.start]);
    expect(nextRun(odd, odd.start)).toBeUndefined();
  });
});
