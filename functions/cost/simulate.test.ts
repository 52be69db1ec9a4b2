import { expect, test } from 'vitest';
import { simulateUsage } from './simulate.ts';

test('an hour of ticks of two groups through the deployed handlers: what is asked of AWS is counted', async () => {
  const usage = await simulateUsage({ groups: 2, days: 1 / 24 });
  // Twelve ticks, four rounds of reviews, one of the janitor.
  expect(usage.scheduleRuns).toBe(12 + 4 + 1);
  expect(usage.lambdaRequests).toBeGreaterThanOrEqual(12 * 2 + 4 + 1);
  expect(usage.sqsFifoRequests).toBeGreaterThanOrEqual(12 * 3);
  expect(usage.autoScalingCalls).toBeGreaterThanOrEqual(12 * 3);
  expect(usage.dynamoReadUnits).toBeGreaterThan(0);
  expect(usage.dynamoWriteUnits).toBeGreaterThan(0);
  expect(usage.lambdaGbSeconds).toBeGreaterThan(0);
}, 60_000);
