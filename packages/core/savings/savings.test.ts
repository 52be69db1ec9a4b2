import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { replay } from '../replay/kernel.ts';
import { track, trackOverFloors } from '../replay/track.ts';
import { createWorld } from '../replay/world.ts';
import { type DayFigures, type DayInput, dayFigures } from './day-figures.ts';
import { replayGate } from './replay-gate.ts';

const world = createWorld({ startup: 3, bounds: { min: 2, max: 60 } });
const START = 0 as Minute;
const FROM = 360 as Minute;
const demand = Float64Array.from({ length: 360 + 1440 }, (_, m) => 8 + 6 * Math.sin(m / 200));
const countsOf = (policy: Parameters<typeof replay>[0]['policy']) =>
  Float64Array.from(replay({ demand, world, policy }).inService);
const day = (fields: Partial<DayInput>) =>
  dayFigures({
    world,
    demand,
    start: START,
    from: FROM,
    inService: countsOf(track(0.5)),
    ownerTarget: 0.5,
    target: 0.5,
    ...fields,
  });

describe('a day, verified', () => {
  it("a group that did what the kernel says has no error, and under its owner's configuration no saving", () => {
    const figures = day({});
    expect(figures.minutes).toBe(1440);
    expect(figures.replayed).toEqual(figures.measured);
    expect(figures.owner).toEqual(figures.measured);
  });

  it("a higher target saves what the owner's would have used more on the same demand", () => {
    const figures = day({ inService: countsOf(track(0.65)), target: 0.65 });
    expect(figures.replayed).toEqual(figures.measured);
    expect(figures.measured.capacity).toBeLessThan(0.85 * figures.owner.capacity);
  });

  it('floors in force are part of what is replayed', () => {
    const floors = new Int32Array(demand.length).fill(25);
    const figures = day({ inService: countsOf(trackOverFloors(0.65, floors)), target: 0.65, floors });
    expect(figures.replayed).toEqual(figures.measured);
  });

  it('minutes that were not measured count nowhere', () => {
    const inService = countsOf(track(0.5));
    inService.fill(Number.NaN, FROM, FROM + 700);
    const figures = day({ inService });
    expect(figures.minutes).toBe(740);
    expect(figures.replayed).toEqual(figures.measured);
  });
});

describe('S9: the replay gate', () => {
  const figures = (measured: number, replayed: number, hot = [0, 0], minutes = 1440): DayFigures => ({
    from: START,
    minutes,
    measured: { capacity: measured, hotMinutes: hot[0]! },
    replayed: { capacity: replayed, hotMinutes: hot[1]! },
    owner: { capacity: measured, hotMinutes: 0 },
  });

  it.each([
    ['nothing off', [figures(10_000, 10_000)], 'matches'],
    ['capacity off by 9 %', [figures(10_000, 10_900)], 'matches'],
    ['capacity off by 11 %', [figures(10_000, 11_100)], 'does-not-match'],
    ['capacity too low', [figures(10_000, 8_900)], 'does-not-match'],
    [
      'one odd day among many',
      [figures(10_000, 12_000), ...Array(9).fill(figures(10_000, 10_000))],
      'matches',
    ],
    ['hot minutes off, but few', [figures(10_000, 10_000, [1, 5])], 'matches'],
    ['hot minutes off by little', [figures(10_000, 10_000, [100, 115])], 'matches'],
    ['hot minutes off', [figures(10_000, 10_000, [100, 130])], 'does-not-match'],
    ['nothing measured', [figures(0, 0, [0, 0], 0)], 'not-measured'],
    ['no day', [], 'not-measured'],
  ] as const)('%s: %#', (_, days, kind) => {
    expect(replayGate(days as readonly DayFigures[]).kind).toBe(kind);
  });

  it('names what does not match, with both numbers', () => {
    expect(replayGate([figures(14_400, 28_800)])).toMatchObject({
      error: 1,
      excuse: {
        code: 'replay-does-not-match',
        bottleneck: 'mean capacity',
        facts: { replayed: 20, measured: 10 },
      },
    });
  });
});
