import { seriesEnd } from '@evenkeel/core/demand';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { GroupRef, Metrics } from '../ports/index.ts';
import { type GroupHarness, type KnownGaps, runCases } from './harness.ts';

export interface MetricsHarness extends GroupHarness {
  readonly port: Metrics;
  /**
   * Makes a group for which, in the last two hours, 4 instances in service were `utilisation(minute)` busy each minute;
   * where it gives NaN there is no datapoint.
   */
  makeGroupWithLoad(utilisation: (at: Minute) => number): Promise<GroupRef>;
}

const TITLES = {
  demand: 'gives visible demand as utilisation times instances in service, minute by minute',
  edges: 'begins at `from`, never reaches `to`, and has as many counts of instances as values of demand',
  future: 'never gives a minute that is not over',
  gap: 'gives NaN where a datapoint is missing, never 0',
  silent: 'gives nothing but NaN for a group without any datapoint',
  guard: 'leaves guard signals out that the group does not have',
} as const;
export type MetricsCase = keyof typeof TITLES;

/** Every promise of the Metrics port. */
export function metricsContract(
  name: string,
  makeHarness: () => Promise<MetricsHarness>,
  gaps: KnownGaps<MetricsCase> = {},
): void {
  describe(`metrics: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<MetricsCase, (h: MetricsHarness) => Promise<void>> = {
  demand: async (h) => {
    const ref = await h.makeGroupWithLoad((at) => 0.2 + (at % 5) / 10);
    const from = (h.now() - 60) as Minute;
    const { demand, inService } = await h.port.demand(ref, from, (h.now() - 30) as Minute);
    expect(demand.values).toHaveLength(30);
    for (const [i, value] of demand.values.entries()) {
      expect(value).toBeCloseTo(4 * (0.2 + ((from + i) % 5) / 10), 6);
      expect(inService[i]).toBeCloseTo(4, 6);
    }
  },
  edges: async (h) => {
    const ref = await h.makeGroupWithLoad(() => 0.5);
    const [from, to] = [(h.now() - 40) as Minute, (h.now() - 20) as Minute];
    const reading = await h.port.demand(ref, from, to);
    expect(reading.demand.start).toBe(from);
    expect(seriesEnd(reading.demand)).toBeLessThanOrEqual(to);
    expect(reading.inService).toHaveLength(reading.demand.values.length);
  },
  future: async (h) => {
    const ref = await h.makeGroupWithLoad(() => 0.5);
    const reading = await h.port.demand(ref, (h.now() - 10) as Minute, (h.now() + 60) as Minute);
    expect(seriesEnd(reading.demand)).toBeLessThanOrEqual(h.now() + 1);
  },
  gap: async (h) => {
    const ref = await h.makeGroupWithLoad((at) => (at % 10 === 3 ? Number.NaN : 0.5));
    const { demand } = await h.port.demand(ref, (h.now() - 60) as Minute, (h.now() - 20) as Minute);
    expect(demand.values).toHaveLength(40);
    for (const [i, value] of demand.values.entries()) {
      expect(Number.isNaN(value)).toBe((demand.start + i) % 10 === 3);
    }
  },
  silent: async (h) => {
    const ref = await h.makeGroup();
    const { demand } = await h.port.demand(ref, (h.now() - 60) as Minute, (h.now() - 20) as Minute);
    expect([...demand.values].filter((value) => !Number.isNaN(value))).toEqual([]);
  },
  guard: async (h) => {
    const ref = await h.makeGroup();
    expect(await h.port.guard(ref, h.now())).toEqual({});
  },
};
