import { describe, expect, it } from 'vitest';
import type { Minute } from '../../quantities.ts';
import { createWorld } from '../world.ts';
import { hasLostFooting } from './footing.ts';
import { holdTournament } from './hold-tournament.ts';

const DAY = 1440;
const world = createWorld({ startup: 10, bounds: { min: 2, max: 100 } });
/** Quiet days with a wave at noon; on `wildDay` demand climbs in short waves, so that it is always higher within the lead. */
function history(days: number, wildDay = -1): Float64Array {
  return Float64Array.from({ length: days * DAY }, (_, m) => {
    const calm = 8 - 4 * Math.cos((2 * Math.PI * m) / DAY);
    return Math.floor(m / DAY) === wildDay ? calm * (1 + 0.25 * ((m % 60) / 60)) : calm;
  });
}
const hold = (values: Float64Array) =>
  holdTournament({
    history: { start: 0 as Minute, values },
    world,
    lossFactor: 30,
    ownTarget: 0.5,
    strategies: [
      { target: 0.5, floors: 'none' },
      { target: 0.6, floors: 'none' },
      { target: 0.7, floors: { forecaster: 'level', quantile: 0.9 } },
    ],
  });

describe('the footing of a forecast', () => {
  it('is sound while the floors cover what was intended', () => {
    const { measured, profile } = hold(history(16));
    expect(measured!.coverage).toBeGreaterThan(0.8);
    expect(profile.footing).toBeUndefined();
    expect(profile.strategy.floors).not.toBe('none');
  });

  it('is lost after a day of demand that nobody foresaw: the reflex alone, until the forecast is right again', () => {
    const { measured, profile, chosen } = hold(history(16, 15));
    expect(chosen!.strategy.floors).not.toBe('none');
    expect(measured!.coverage).toBeLessThan(0.45);
    expect(profile.footing).toBe('lost');
    expect(profile.strategy.floors).toBe('none');
    expect(hold(history(17, 15)).profile.footing).toBeUndefined();
  });

  it.each([
    [0.9, 0.5, false],
    [0.9, 0.4, true],
    [0.3, 0, false],
  ])('intended %s and covered %s is lost: %s', (intended, coverage, lost) => {
    expect(hasLostFooting({ intended, coverage })).toBe(lost);
  });
});
