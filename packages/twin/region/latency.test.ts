import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latencyAt } from './latency.ts';

describe('latencyAt', () => {
  it('rises with utilisation: nearly flat up to the SLO, doubled a little above 0.9, finite when full', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        expect(latencyAt(Math.max(a, b))).toBeGreaterThanOrEqual(latencyAt(Math.min(a, b)));
      }),
    );
    expect(latencyAt(0.7) / latencyAt(0)).toBeLessThan(1.15);
    expect(latencyAt(0.91) / latencyAt(0)).toBeCloseTo(2, 1);
    expect(latencyAt(1)).toBeLessThan(2);
  });
});
