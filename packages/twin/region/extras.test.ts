import { MINUTES_PER_DAY, minute } from '@evenkeel/core/quantities';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DemandShape, daily, noise, product, steady } from '../demand/index.ts';
import { chance } from '../random.ts';
import { createRegion, type Extras, type TwinGroupOptions } from './index.ts';

const START = minute(20_000 * MINUTES_PER_DAY);
const CONTEXT = { decisionId: 'test' };
const wave: DemandShape = product(
  daily({ low: 3, high: 16, peakHour: 8 }),
  noise({ chance: chance(1, 'wave'), sd: 0.1, correlation: 0.7 }),
);

function play(extras: Partial<Extras>, changes: Partial<TwinGroupOptions> = {}, seed = 1) {
  const region = createRegion({
    start: START,
    end: minute(START + 2 * MINUTES_PER_DAY),
    seed,
    groups: [
      {
        name: 'web',
        tags: { 'evenkeel:workload': 'shop' },
        demand: wave,
        size: { min: 2, max: 60 },
        extras,
        ...changes,
      },
    ],
  });
  return { region, ref: region.refs()[0]! };
}

describe('actionsLate', () => {
  it('runs each action at most 2 minutes after its start, and in order', async () => {
    const seen = new Set<number>();
    for (let seed = 1; seed <= 12; seed++) {
      const { region, ref } = play({ actionsLate: 2 }, { target: 'none', demand: steady(1) }, seed);
      const actions = [10, 11, 40].map((at, i) => ({
        name: `evenkeel-${at}`,
        start: minute(START + at),
        minSize: 5 + i,
      }));
      await region.ports.scheduledActions.put(ref, actions, CONTEXT);
      region.advance(60);
      const { minSize } = region.history(ref);
      const last = minSize.indexOf(7);
      seen.add(last - 40);
      expect(minSize[9]).toBe(2);
      expect(minSize[13]).toBe(6);
      expect([...minSize].every((size, i) => i === 0 || size >= minSize[i - 1]!)).toBe(true);
    }
    expect(seen).toEqual(new Set([0, 1, 2]));
  });
});

describe('startupJitter', () => {
  it('brings every instance into service between its start-up time and that much later, and loses none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(500), (startupJitter, seed) => {
        const { region, ref } = play({ startupJitter }, { target: 'none', demand: steady(1) }, seed);
        region.advance(20);
        region.owner.resize(ref, { min: 30 });
        region.advance(25);
        const { inService } = region.history(ref);
        expect(inService[20 + 2]).toBe(2);
        expect(inService[20 + 3 + startupJitter]).toBe(30);
        expect([...inService.subarray(20)]).toEqual([...inService.subarray(20)].sort((a, b) => a - b));
      }),
      { numRuns: 30 },
    );
  });
});

describe('launchFailures', () => {
  it('still reaches the size asked for, later, and counts only launches that succeeded', () => {
    const { region, ref } = play({ launchFailures: 0.5 }, { target: 'none', demand: steady(1) });
    region.advance(20);
    region.owner.resize(ref, { min: 30 });
    region.advance(40);
    const { inService, launched } = region.history(ref);
    expect(inService[23]).toBeLessThan(30);
    expect(inService[59]).toBe(30);
    expect(launched.reduce((a, b) => a + b, 0)).toBe(28);
  });

  it('never launches anything where all are refused, and goes on asking', async () => {
    const { region, ref } = play({ launchFailures: 1 });
    region.advance(600);
    const group = await region.ports.groups.read(ref);
    expect(region.history(ref).launched.every((count) => count === 0)).toBe(true);
    expect(group!.desired).toBeGreaterThan(group!.inService);
  });
});

describe('metricGaps', () => {
  it('publishes nothing for about the share of minutes asked for', async () => {
    const { region, ref } = play({ metricGaps: { perDay: 6, length: 12 } });
    region.advance(2 * MINUTES_PER_DAY - 1);
    const { demand } = await region.ports.metrics.demand(ref, START, region.now());
    const missing = demand.values.filter((value) => Number.isNaN(value)).length;
    expect(missing / demand.values.length).toBeGreaterThan(0.02);
    expect(missing / demand.values.length).toBeLessThan(0.09);
  });

  it('leaves target tracking without data, and without data it does nothing', () => {
    const silences = [{ from: START, to: minute(START + MINUTES_PER_DAY) }];
    const { region, ref } = play({}, { silences });
    region.advance(MINUTES_PER_DAY);
    const { inService } = region.history(ref);
    expect(new Set(inService).size).toBe(1);
  });
});

describe('zoneRounding', () => {
  it('makes a group hotter than the same one without zones, at the same demand', () => {
    const end = minute(START + MINUTES_PER_DAY);
    const shortage = (extras: Partial<Extras>) => {
      const { region, ref } = play(extras, { target: 65 });
      region.advance(MINUTES_PER_DAY);
      return region.history(ref).tally(START, end).shortage;
    };
    expect(shortage({ zoneRounding: true })).toBeGreaterThan(shortage({}));
  });
});
