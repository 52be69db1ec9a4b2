import { describe, expect, it } from 'vitest';
import { instancePrice, spotShareOf, surplusUsdPerHour, usdPerInstanceHour } from './instance-price.ts';
import { entryOf, historyOf } from './testing.ts';

const spot = { discount: 0.6, interrupted: { from: 0.05, to: 0.1 }, asOf: '2025-06-28' };
const purchase = { spotShare: 0.5, lossFactor: 30, startup: 3 };

describe('what an instance costs', () => {
  it('is the on-demand price without Spot, and where nothing is known of Spot', () => {
    expect(usdPerInstanceHour({ ...entryOf({}, 0.1), spot }, { ...purchase, spotShare: 0 })).toBe(0.1);
    expect(usdPerInstanceHour(entryOf({}, 0.1), purchase)).toBe(0.1);
  });

  it('mixes on-demand and Spot by their shares, and adds what interruptions lose', () => {
    // 0.1 interruptions a month x 3 minutes x 30 / 43,200 minutes = 0.0002083 of the Spot price.
    const expected = 0.5 * 0.1 + 0.5 * 0.04 * 1.000208333;
    expect(usdPerInstanceHour({ ...entryOf({}, 0.1), spot }, purchase)).toBeCloseTo(expected, 9);
  });

  it('a market without a band counts as the worst, and Spot never as dearer than on-demand', () => {
    const { interrupted: _, ...unknown } = spot;
    const known = usdPerInstanceHour({ ...entryOf({}, 0.1), spot }, purchase);
    expect(usdPerInstanceHour({ ...entryOf({}, 0.1), spot: unknown }, purchase)).toBeGreaterThan(known);
    const dear = { ...spot, discount: 0 };
    expect(usdPerInstanceHour({ ...entryOf({}, 0.1), spot: dear }, purchase)).toBe(0.1);
  });

  it.each([
    [0, 1, 0],
    [1, 1, 0.5],
    [2, 0.3, 0.3],
    [3, 1, 1],
    [3, -1, 0],
  ] as const)('tier %d with %d wanted takes %d of Spot', (tier, wanted, share) => {
    expect(spotShareOf(tier, wanted)).toBe(share);
  });

  it('surplus credits: what the mean takes above the baseline, T types only', () => {
    const t3 = entryOf({ burstable: { baselineShare: 0.3 } });
    expect(surplusUsdPerHour(entryOf(), 2, 4)).toBe(0);
    expect(surplusUsdPerHour(t3, 2, 1.2)).toBe(0);
    expect(surplusUsdPerHour(t3, 2, 2.4)).toBeCloseTo(0.6 * 0.05);
    expect(surplusUsdPerHour(t3, 2, 400)).toBeCloseTo(1.4 * 0.05);
    expect(
      surplusUsdPerHour(entryOf({ burstable: { baselineShare: 0.3 }, architectures: ['arm64'] }), 2, 2.4),
    ).toBeCloseTo(0.6 * 0.04);
  });

  it('the whole price of a T type is its price and its surplus, and falls with the count while that of all does not', () => {
    const t3 = entryOf({ burstable: { baselineShare: 0.3 } }, 0.0832);
    const priceOf = instancePrice({ ...purchase, spotShare: 0 }, historyOf([2, 4]));
    expect(priceOf(t3, 2)).toBeCloseTo(0.0832 + 0.9 * 0.05);
    expect(priceOf(t3, 10)).toBeCloseTo(0.0832);
    const total = Array.from({ length: 12 }, (_, i) => (i + 1) * priceOf(t3, i + 1));
    expect(total).toEqual(total.toSorted((a, b) => a - b));
  });
});
