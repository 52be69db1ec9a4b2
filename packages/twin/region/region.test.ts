import { MINUTES_PER_DAY, type Minute, minute } from '@evenkeel/core/quantities';
import { type Run, replay, track, trackOverFloors } from '@evenkeel/core/replay';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch, type DemandShape, daily, flashCrowd, noise, product, sum } from '../demand/index.ts';
import { chance } from '../random.ts';
import { createRegion, type GroupHistory, ownerRun, type RegionOptions } from './index.ts';

const START = minute(20_000 * MINUTES_PER_DAY);
const CONTEXT = { decisionId: 'test' };

function busy(seed: number): DemandShape {
  return product(
    sum(
      daily({ low: 3, high: 16, peakHour: 13 }),
      batch({ units: 6, startHour: 3, duration: 50 }),
      flashCrowd({ at: minute(START + 700), height: 20, rise: 8, halfLife: 40 }),
    ),
    noise({ chance: chance(seed, 'busy'), sd: 0.15, correlation: 0.8 }),
  );
}

function regionOf(changes: Partial<RegionOptions['groups'][0]> = {}, more: Partial<RegionOptions> = {}) {
  return createRegion({
    start: START,
    end: minute(START + 3 * MINUTES_PER_DAY),
    groups: [
      {
        name: 'web',
        tags: { 'evenkeel:workload': 'shop' },
        demand: busy(1),
        size: { min: 2, max: 60 },
        ...changes,
      },
    ],
    ...more,
  });
}

function expectSame(history: GroupHistory, run: Run): void {
  const { minutes } = history;
  expect(history.inService).toEqual(run.inService.subarray(0, minutes));
  expect(history.billed).toEqual(run.billed.subarray(0, minutes));
  expect(history.launched).toEqual(run.launched.subarray(0, minutes));
  expect(history.visible).toEqual(run.visible.subarray(0, minutes));
}

describe('a region without extras and without Evenkeel', () => {
  it('is the kernel, minute by minute, for any start-up, delay, target and noise', () => {
    const cases = fc.record({
      startup: fc.integer({ min: 1, max: 12 }),
      metricDelay: fc.integer({ min: 1, max: 5 }),
      target: fc.constantFrom(30, 50, 55, 70),
      max: fc.integer({ min: 8, max: 60 }),
      seed: fc.nat(1000),
    });
    fc.assert(
      fc.property(cases, ({ startup, metricDelay, target, max, seed }) => {
        const region = regionOf(
          { startup, target, size: { min: 2, max }, demand: busy(seed) },
          { metricDelay },
        );
        region.advance(1500);
        const [ref] = region.refs();
        const { run } = ownerRun(region.group(ref!));
        expectSame(region.history(ref!), run);
      }),
      { numRuns: 25 },
    );
  });

  it('is the kernel with basic monitoring and draining too, which the kernel knows', () => {
    const region = regionOf({ extras: { metricPeriod: 5, draining: 5 } });
    region.advance(2000);
    expectSame(region.history(region.refs()[0]!), ownerRun(region.group(region.refs()[0]!)).run);
  });

  it('carries out floors that stand in the group as scheduled actions like a replay over the same floors', async () => {
    const steps = [
      [100, 9],
      [101, 4],
      [400, 25],
      [430, 12],
      [900, 2],
    ] as const;
    const region = regionOf();
    const ref = region.refs()[0]!;
    const actions = steps.map(([at, floor]) => ({
      name: `evenkeel-${at}`,
      start: minute(START + at),
      minSize: floor,
    }));
    expect(await region.ports.scheduledActions.put(ref, actions, CONTEXT)).toEqual([]);
    region.advance(2000);
    const floors = Uint16Array.from(
      { length: 3 * MINUTES_PER_DAY },
      (_, m) => steps.findLast(([at]) => m >= at)?.[1] ?? 2,
    );
    const { demand, home } = region.group(ref);
    const run = replay({ demand, world: home, policy: trackOverFloors(0.5, floors) });
    expectSame(region.history(ref), run);
    expect(region.history(ref).minSize).toEqual(floors.subarray(0, 2000));
    expect(await region.ports.scheduledActions.list(ref)).toEqual([]);
  });

  it('takes another target up from the next minute on, and scores like the kernel', async () => {
    const region = regionOf();
    const ref = region.refs()[0]!;
    region.advance(600);
    const policy = (await region.ports.groups.read(ref))!.policies[0]!;
    if (policy.kind !== 'target-tracking') throw new Error('the group has target tracking');
    await region.ports.targets.put(ref, policy, 65, CONTEXT);
    region.advance(600);
    const history = region.history(ref);
    expect([history.target[599], history.target[600]]).toEqual([50, 65]);
    const before = history.tally(minute(START + 700), minute(START + 1200));
    const world = region.group(ref).home;
    const fifty = replay({ demand: region.group(ref).demand, world, policy: track(0.5) });
    const bill = fifty.billed.subarray(700, 1200).reduce((a, b) => a + b, 0);
    expect(before.billed).toBeLessThan(bill);
    expect(before.minutes).toBe(500);
  });

  it('gives the same run for the same seed, and another for another', () => {
    const extras = { startupJitter: 3, launchFailures: 0.2, actionsLate: 2 };
    const play = (seed: number) => {
      const region = regionOf({ extras }, { seed });
      region.advance(2000);
      return region.history(region.refs()[0]!).inService;
    };
    expect(play(5)).toEqual(play(5));
    expect(play(5)).not.toEqual(play(6));
  });

  it('refuses to be played past its end, or to begin at another time than midnight', () => {
    expect(() => regionOf().advance(3 * MINUTES_PER_DAY + 1)).toThrow('the region ends');
    expect(() => regionOf({}, { start: (START + 1) as Minute })).toThrow('midnight');
    expect(() => regionOf({}, { metricDelay: 0 })).toThrow('metricDelay');
  });
});
