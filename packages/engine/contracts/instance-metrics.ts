import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { GroupRef, InstanceMetrics, InstanceReading } from '../ports/index.ts';
import { type GroupHarness, type KnownGaps, runCases } from './harness.ts';

export interface InstanceMetricsHarness extends GroupHarness {
  readonly port: InstanceMetrics;
  /** A group of four healthy instances of one type, all of them 20 to 60 percent busy in each of the last 60 minutes. */
  makeBusyGroup(): Promise<GroupRef>;
}

const TITLES = {
  all: 'tells every instance in service once, with its type and its health',
  aligned: 'gives every series of every instance as many values, one per interval',
  shares: 'gives shares from 0 to 1, and CPU as busy as it was',
  alone: 'tells the instances alone where the range is empty',
  future: 'has no datapoints of what is not over',
  missing: 'rejects with not-found where the group does not exist',
} as const;
export type InstanceMetricsCase = keyof typeof TITLES;

/** Every promise of the InstanceMetrics port. */
export function instanceMetricsContract(
  name: string,
  makeHarness: () => Promise<InstanceMetricsHarness>,
  gaps: KnownGaps<InstanceMetricsCase> = {},
): void {
  describe(`instance metrics: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const readLately = async (h: InstanceMetricsHarness) => {
  const ref = await h.makeBusyGroup();
  return h.port.read(ref, (h.now() - 40) as Minute, (h.now() - 10) as Minute);
};
const seriesOf = ({ cpu, memory, latencySeconds, errorShare, failedChecks }: InstanceReading) =>
  [cpu, memory, latencySeconds, errorShare, failedChecks].filter((series) => series !== undefined);
const known = (series: Float64Array) => [...series].filter((value) => !Number.isNaN(value));

const CASES: Record<InstanceMetricsCase, (h: InstanceMetricsHarness) => Promise<void>> = {
  all: async (h) => {
    const { instances } = await readLately(h);
    expect(new Set(instances.map(({ id }) => id)).size).toBe(4);
    expect(new Set(instances.map(({ type }) => type)).size).toBe(1);
    expect(instances.map(({ healthy }) => healthy)).toEqual([true, true, true, true]);
  },
  aligned: async (h) => {
    const { instances, intervalMinutes } = await readLately(h);
    const lengths = instances.flatMap((each) => seriesOf(each).map((series) => series.length));
    expect(new Set(lengths)).toEqual(new Set([30 / intervalMinutes]));
  },
  shares: async (h) => {
    const { instances } = await readLately(h);
    for (const { cpu, memory, errorShare, failedChecks } of instances) {
      expect(known(cpu).length).toBeGreaterThan(0);
      for (const busy of known(cpu)) {
        expect(busy).toBeGreaterThan(0.15);
        expect(busy).toBeLessThan(0.7);
      }
      for (const series of [memory, errorShare, failedChecks]) {
        for (const share of known(series ?? new Float64Array(0))) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }
    }
  },
  alone: async (h) => {
    const ref = await h.makeBusyGroup();
    const { instances } = await h.port.read(ref, h.now(), h.now());
    expect(instances).toHaveLength(4);
    for (const each of instances) expect(seriesOf(each).every((series) => series.length === 0)).toBe(true);
  },
  future: async (h) => {
    const ref = await h.makeBusyGroup();
    const { instances } = await h.port.read(ref, (h.now() + 5) as Minute, (h.now() + 65) as Minute);
    for (const each of instances) expect(seriesOf(each).flatMap(known)).toEqual([]);
  },
  missing: async (h) => {
    const [from, to] = [(h.now() - 60) as Minute, h.now()];
    await expect(h.port.read(h.missingGroup(), from, to)).rejects.toMatchObject({ code: 'not-found' });
  },
};
