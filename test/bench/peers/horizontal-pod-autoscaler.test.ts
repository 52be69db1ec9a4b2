import type { View } from '@evenkeel/core/replay';
import { describe, expect, it } from 'vitest';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';

/** A group of `inService` instances and `starting` more; `measured` of them were at `utilisation`. */
function view(utilisation: number, inService: number, starting = 0, measured = inService): View {
  const visible = Float64Array.of(utilisation * measured);
  const fleet = { inService, starting, startup: 3, arrivals: new Int32Array(4) };
  return { fleet, newest: 0, visible, inService: Uint16Array.of(measured) };
}

const wish = (...group: Parameters<typeof view>) => horizontalPodAutoscaler(0.5).wish(9, view(...group));

describe('the Horizontal Pod Autoscaler', () => {
  it('scales by usage over target, and not within a tenth of it', () => {
    expect(wish(0.75, 10)).toBe(15);
    expect(wish(0.549, 10)).toBe(10);
    expect(wish(0.25, 10)).toBe(5);
  });

  it('counts starting instances as idle when it scales out, and does not turn round for them', () => {
    // 9 units over 10 + 5 instances are 60 %: 18 where nothing were missing.
    expect(wish(0.9, 10, 5)).toBe(18);
    expect(wish(0.6, 10, 5)).toBe(15);
  });

  it('counts instances without a metric as idle going up and as busy going down', () => {
    // 9 units over 10 measured and 4 unmeasured instances are 64 %.
    expect(wish(0.9, 14, 0, 10)).toBe(18);
    // 2 units and 4 busy instances over 14 are 43 %, 86 % of the target.
    expect(wish(0.2, 14, 0, 10)).toBe(12);
    expect(wish(0.4, 14, 0, 10)).toBe(14);
  });

  it('goes by the instances that are left where the metric is of more', () => {
    expect(wish(0.3, 6, 0, 10)).toBe(4);
  });

  it('scales in to the highest recommendation of five minutes', () => {
    const scaler = horizontalPodAutoscaler(0.5);
    expect(scaler.wish(0, view(0.45, 10))).toBe(10);
    for (const minute of [1, 2, 3, 4]) expect(scaler.wish(minute, view(0.2, 10))).toBe(10);
    expect(scaler.wish(5, view(0.2, 10))).toBe(4);
  });

  it('doubles or adds four in each quarter of a minute at most', () => {
    const scaler = horizontalPodAutoscaler(0.01);
    expect(scaler.wish(0, view(1, 2))).toBe(48);
  });
});
