import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import { createRegion, live } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import { loops } from './support/loops.ts';
import { autoGroup, day, office, START } from './support/workloads.ts';

const HISTORY_DAYS = 15;
const LIVED_DAYS = 4;

describe('verified savings', () => {
  it('every night say what the day before used and what the owner would have, from a replay that matches what happened', async () => {
    const end = day(HISTORY_DAYS + LIVED_DAYS);
    const region = createRegion({
      start: START,
      end,
      groups: [autoGroup('shop', 2, { demand: office('shop') })],
    });
    region.advance(HISTORY_DAYS * MINUTES_PER_DAY);
    const settings = { tournaments: new Map() };
    await live(region, { ...loops(settings), until: end });
    const days = region.ports.ledger
      .all()
      .flatMap(({ decision }) => (decision?.kind === 'savings' ? [decision] : []));
    expect(days.length).toBeGreaterThanOrEqual(LIVED_DAYS - 2);
    const { inService } = region.history(region.refs()[0]!);
    for (const verified of days) {
      expect(verified.verified).toBe(true);
      expect(Math.abs(verified.replayError)).toBeLessThan(0.01);
      // What was used is what the region itself has counted.
      const counted =
        inService.subarray(verified.from - START, verified.until - START).reduce((a, b) => a + b, 0) / 60;
      expect(verified.instanceHours.after).toBeCloseTo(counted, 6);
    }
    const last = days.at(-1)!;
    expect(last.instanceHours.after).toBeLessThan(0.95 * last.instanceHours.before);
  });
});
