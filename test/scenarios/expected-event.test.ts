import { MINUTES_PER_DAY, minute } from '@evenkeel/core/quantities';
import { createRegion, type DemandShape, live } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import { loops } from './support/loops.ts';
import { autoGroup, day, office, START } from './support/workloads.ts';

const HISTORY_DAYS = 15;
const FACTOR = 3;
const SALE = { from: minute(day(HISTORY_DAYS) + 14 * 60), until: minute(day(HISTORY_DAYS) + 16 * 60) };

const usual = office('shop');
const withSale: DemandShape = (at) => (SALE.from <= at && at < SALE.until ? FACTOR : 1) * usual(at);

/** What a group in mode auto was like during the sale; announced in the night before, or not. */
async function sale({ announced, demand }: { readonly announced: boolean; readonly demand: DemandShape }) {
  const region = createRegion({
    start: START,
    end: SALE.until,
    groups: [autoGroup('shop', 1, { demand, size: { min: 2, max: 160 } })],
  });
  region.advance(HISTORY_DAYS * MINUTES_PER_DAY - 60);
  if (announced) {
    await region.ports.settings.save('shop', { expected: [{ name: 'sale', ...SALE, factor: FACTOR }] });
  }
  await live(region, { ...loops({ tournaments: new Map() }), until: SALE.until });
  return region.history(region.refs()[0]!).tally(SALE.from, SALE.until);
}

describe('an expected event of three times the demand', () => {
  it('has its capacity when it begins, and not more than the reflex brings in the end', async () => {
    const told = await sale({ announced: true, demand: withSale });
    const untold = await sale({ announced: false, demand: withSale });
    expect(untold.shortage).toBeGreaterThan(200);
    expect(told.shortage).toBeLessThan(0.01 * untold.shortage);
    // Without the announcement the group was as large in the end, only later.
    expect(told.billed).toBeLessThan(1.05 * untold.billed);
    expect(told.launches).toBeLessThan(untold.launches);
  }, 60_000);
});
