import { describe, expect, test } from 'vitest';
import type { DemandSeries } from '../../demand/series.ts';
import type { Profile } from '../../forecast/profile.ts';
import type { Minute } from '../../quantities.ts';
import { evenkeel } from '../evenkeel.ts';
import { replay } from '../kernel.ts';
import { createWorld } from '../world.ts';
import { fillGaps } from './fill-gaps.ts';
import { conclude, holdTournament, LIVE_PACING } from './hold-tournament.ts';
import { choose, type Standing } from './standings.ts';
import { allStrategies } from './strategies.ts';
import { createTournament, playDay } from './tournament.ts';

const world = createWorld();
/** A working day with a steep morning and noise, quiet at weekends (day 2 and 3 of 1970 are a weekend). */
const demandAt = (m: number) => {
  const week = Math.floor(m / 1440) % 7;
  const busy = week === 2 || week === 3 ? 0.4 : 1;
  const rhythm = Math.max(0, Math.sin(((m - 420) * Math.PI) / 720)) ** 0.3;
  return busy * (5 + 15 * rhythm) * (1 + (((m * 7919) % 101) - 50) / 600);
};
const series = (from: number, days: number): DemandSeries => ({
  start: from as Minute,
  values: Float64Array.from({ length: days * 1440 }, (_, i) => demandAt(from + i)),
});
const input = { world, lossFactor: 30, ownTarget: 0.5 } as const;
/** A few strategies only, to be quick. */
const few = allStrategies(0.7).filter((_, i) => i % 9 === 0);

describe('holding a tournament', () => {
  const result = holdTournament({ ...input, history: series(0, 16) });

  test('the chosen strategy is the cheapest, below the owner, and stands in the profile', () => {
    expect(result.chosen).toBe(result.standings[0]);
    expect(result.chosen!.cost).toBeLessThan(0.95 * result.own!.cost);
    expect(result.runnerUp!.cost).toBeGreaterThanOrEqual(result.chosen!.cost);
    expect(result.profile.strategy).toEqual(result.chosen!.strategy);
    expect(result.own!.name).toBe('tt-50');
    expect(result.profile.learnedAt).toBe(16 * 1440);
    expect(result.excuses).toEqual([]);
  });

  test('the highest need of the history is known', () => {
    const highest = series(0, 16).values.reduce((a, b) => Math.max(a, b)) / 0.7;
    expect(result.profile.highestNeed).toBeCloseTo(highest, 6);
  });

  test('the target never exceeds the SLO utilisation', () => {
    const careful = { ...input, world: createWorld({ sloUtilisation: 0.55 }) };
    for (const { strategy } of holdTournament({ ...careful, history: series(0, 3) }).standings) {
      expect(strategy.target).toBeLessThanOrEqual(0.55);
    }
  });
});

test('played day by day it gives the same as from the beginning', () => {
  const history = series(0, 6);
  const values = fillGaps(history, 0 as Minute, 6 * 1440);
  const inOneGo = createTournament({ world, start: 0 as Minute, days: 6, strategies: few });
  const byDays = createTournament({ world, start: 0 as Minute, days: 40, strategies: few });
  for (let day = 0; day < 6; day++) playDay(inOneGo, values.subarray(day * 1440, day * 1440 + 1440));
  for (let day = 0; day < 6; day++) {
    playDay(byDays, values.slice(day * 1440, day * 1440 + 1440));
    conclude(byDays, input);
  }
  expect(conclude(byDays, input)).toEqual(conclude(inOneGo, input));
});

test('parts of days and gaps at the ends are left out or bridged', () => {
  const ragged = series(700, 6);
  ragged.values.fill(Number.NaN, 2000, 2030);
  const result = holdTournament({ ...input, history: ragged });
  expect(result.profile.learnedAt).toBe(6 * 1440);
  expect(result.chosen).toBeDefined();
});

test('gaps are bridged by straight lines, the ends by their neighbour', () => {
  const holes = Float64Array.from([Number.NaN, 2, Number.NaN, Number.NaN, 8, Number.NaN]);
  expect([...fillGaps({ start: 10 as Minute, values: holes }, 10 as Minute, 6)]).toEqual([2, 2, 4, 6, 8, 8]);
  expect([...fillGaps({ start: 10 as Minute, values: new Float64Array(0) }, 10 as Minute, 2)]).toEqual([
    0, 0,
  ]);
});

describe('S10: pacing by the length of history', () => {
  const live = { ...input, pacing: LIVE_PACING };
  test("no history: the owner's target, no floors, and the excuse", () => {
    const { profile, excuses, chosen } = holdTournament({ ...live, history: series(0, 0) });
    expect(profile.strategy).toEqual({ target: 0.5, floors: 'none' });
    expect(chosen).toBeUndefined();
    expect(excuses.map(({ code }) => code)).toEqual(['insufficient-history']);
  });

  test("from the second day floors, but the owner's target before 14 days with two weekends", () => {
    for (const days of [3, 13]) {
      const { profile, excuses } = holdTournament({ ...live, history: series(0, days) });
      expect(profile.strategy.target).toBe(0.5);
      expect(excuses[0]!.code).toBe('insufficient-history');
    }
    expect(holdTournament({ ...live, history: series(0, 14) }).excuses).toEqual([]);
  });

  test('S8: the target rises by 5 points a night at most, and falls at once', () => {
    const first = holdTournament({ ...live, history: series(0, 15) });
    expect(first.chosen!.strategy.target).toBeGreaterThan(0.55);
    expect(first.profile.strategy.target).toBeCloseTo(0.55);
    const previous: Profile = { ...first.profile, strategy: { target: 0.7, floors: 'none' } };
    const calmed = holdTournament({ ...live, lossFactor: 1e5, history: series(0, 15), previous });
    expect(calmed.profile.strategy.target).toBe(calmed.chosen!.strategy.target);
  });
});

test('the strategy in use stays while it is within half a percent of the best', () => {
  const standing = (name: string, cost: number): Standing => ({
    name,
    cost,
    billed: cost,
    shortage: 0,
    strategy: { target: 0.5, floors: 'none' },
  });
  const table = [standing('a', 100), standing('b', 100.4), standing('c', 102)];
  expect(choose(table, 'b')?.name).toBe('b');
  expect(choose(table, 'c')?.name).toBe('a');
  expect(choose(table, undefined)?.name).toBe('a');
  expect(choose([], 'a')).toBeUndefined();
});

test('Evenkeel as a policy reviews every night, ticks on visible demand, and is deterministic', () => {
  const { values } = series(0, 5);
  const nights: number[] = [];
  const play = () =>
    replay({
      demand: values,
      world,
      policy: evenkeel({
        world,
        lossFactor: 30,
        days: 5,
        onReview: (_profile, minute) => nights.push(minute),
      }),
    });
  const run = play();
  expect(nights).toEqual([1445, 2885, 4325, 5765]);
  expect(run.inService.every((size) => size >= 2 && size <= 160)).toBe(true);
  expect(play().billed).toEqual(run.billed);
});
