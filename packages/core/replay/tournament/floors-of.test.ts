import { describe, expect, it } from 'vitest';
import { BLEND, sparedPart } from '../../forecast/strategy.ts';
import type { Minute } from '../../quantities.ts';
import { createWorld } from '../world.ts';
import { floorsOf } from './floors-of.ts';
import { floorsPerMinute } from './play-day.ts';
import { createTournament, playDay, saidBy } from './tournament.ts';

const world = createWorld({ bounds: { min: 2, max: 1000 } });
const rule = { forecaster: BLEND, quantile: 0.7 } as const;

function played(days: number) {
  const strategies = [{ target: 0.5, floors: 'none' } as const];
  const tournament = createTournament({ world, start: 0 as Minute, days, strategies });
  for (let day = 0; day < days; day++)
    playDay(
      tournament,
      Float64Array.from({ length: 1440 }, (_, m) => 10 + day + 5 * Math.sin(m / 229)),
    );
  return tournament;
}

describe('floors as a strategy would have had them', () => {
  const tournament = played(4);

  it('are what the tournament plays with, before rounding', () => {
    const { start, needs } = floorsOf(tournament, { target: 0.7, floors: rule })!;
    expect([start, needs.length]).toEqual([0, 4 * 1440]);
    const out = new Uint16Array(1440 + 180);
    const said = saidBy(tournament, rule);
    const floors = floorsPerMinute({ world, said, day: 3, ceiling: 1000, spared: sparedPart(rule), out });
    const day = Array.from(needs.subarray(3 * 1440), (need) => Math.ceil(need - 0.25 - 1e-9));
    expect(day).toEqual(Array.from(floors.subarray(180)));
    expect(Math.min(...day)).toBeGreaterThan(0);
  });

  it('are none on the first day, of which nothing was known, and none for a strategy without', () => {
    expect(
      floorsOf(tournament, { target: 0.7, floors: rule })!
        .needs.subarray(0, 1440)
        .every((need) => need === 0),
    ).toBe(true);
    expect(floorsOf(tournament, { target: 0.7, floors: 'none' })).toBeUndefined();
  });
});
