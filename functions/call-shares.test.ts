import { expect, test } from 'vitest';
import { CALL_SHARES, MOST_CALLS_PER_SECOND } from './call-shares.ts';

test('S26: all functions together make at most two calls of EC2 Auto Scaling a second in one account and region', () => {
  const together = Object.values(CALL_SHARES).reduce((sum, share) => sum + share, 0);
  expect(together).toBeCloseTo(MOST_CALLS_PER_SECOND, 9);
  expect(MOST_CALLS_PER_SECOND).toBe(2);
});
