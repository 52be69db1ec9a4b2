import { expect, test } from 'vitest';
import { billFor, monthly, type Samples } from './bill.ts';
import { DAYS_PER_MONTH, PRICES } from './prices.ts';
import { NO_USAGE } from './tally.ts';

/** Each group uses 10 writes a day, each shard 40 besides. */
const samples: Samples = {
  days: 2,
  few: { groups: 4, usage: { ...NO_USAGE, dynamoWriteUnits: 2 * (40 + 4 * 10) } },
  many: { groups: 8, usage: { ...NO_USAGE, dynamoWriteUnits: 2 * (40 + 8 * 10) } },
};

test.each([
  [1, 40 + 10],
  [100, 40 + 1000],
  [101, 80 + 1010],
  [1000, 400 + 10_000],
])('a month of %i groups: what each uses, and what each shard of a hundred uses besides', (groups, daily) => {
  expect(monthly(samples, groups).dynamoWriteUnits).toBeCloseTo(daily * DAYS_PER_MONTH, 3);
});

test('the bill prices every unit, and the fixed things once', () => {
  const bill = billFor(samples, 100);
  const writes = bill.lines.find(({ what }) => what === 'DynamoDB')!.dollars;
  expect(writes).toBeCloseTo(1040 * DAYS_PER_MONTH * PRICES.dynamoWriteUnit, 9);
  expect(bill.total).toBeCloseTo(
    bill.lines.reduce((sum, { dollars }) => sum + dollars, 0),
    9,
  );
  expect(bill.perGroup).toBeCloseTo(bill.total / 100, 9);
  const cheapest = billFor(samples, 1);
  // Alarms, dashboard, own metrics and the polling of queues cost the same for one group as for a hundred.
  expect(cheapest.total).toBeGreaterThan(9);
  expect(bill.total - cheapest.total).toBeCloseTo(990 * DAYS_PER_MONTH * PRICES.dynamoWriteUnit, 9);
});
