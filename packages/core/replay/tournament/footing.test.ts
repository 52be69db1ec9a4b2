import { describe, expect, it } from 'vitest';
import type { FloorRule } from '../../forecast/strategy.ts';
import type { Minute } from '../../quantities.ts';
import { createWorld } from '../world.ts';
import { isFarShort } from './footing.ts';
import { holdTournament } from './hold-tournament.ts';

const DAY = 1440;
const world = createWorld({ startup: 10, bounds: { min: 2, max: 100 } });
/** Quiet days with a wave at noon; on `wildDay` all of it is much higher than at that time of day ever before, in bursts. */
function history(days: number, wildDay = -1): Float64Array {
  return Float64Array.from({ length: days * DAY }, (_, m) => {
    const calm = 8 - 4 * Math.cos((2 * Math.PI * m) / DAY);
    return Math.floor(m / DAY) === wildDay ? 1.5 * calm * (m % 60 < 10 ? 1.2 : 1) : calm;
  });
}
const level = { forecaster: 'level', quantile: 0.9 } as const;
const usual = { forecaster: 'time-of-day', quantile: 0.98 } as const;
const hold = (values: Float64Array, floors: FloorRule = level) =>
  holdTournament({
    history: { start: 0 as Minute, values },
    world,
    lossFactor: 30,
    ownTarget: 0.5,
    strategies: [
      { target: 0.5, floors: 'none' },
      { target: 0.6, floors: 'none' },
      { target: 0.7, floors },
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
    const { measured, profile, chosen } = hold(history(16, 15), usual);
    expect(chosen!.strategy.floors).not.toBe('none');
    expect(measured!.coverage).toBeLessThan(0.45);
    expect(profile.footing).toBe('lost');
    expect(profile.strategy.floors).toBe('none');
    expect(hold(history(17, 15), usual).profile.footing).toBeUndefined();
  });

  it.each([
    [0.9, 0.5, false],
    [0.9, 0.4, true],
    [0.3, 0, false],
  ])('intended %s and covered %s is far short: %s', (intended, coverage, short) => {
    expect(isFarShort({ intended, coverage })).toBe(short);
  });

  it('is not lost where every night is a hair above the nights before', () => {
    const nightly = Float64Array.from({ length: 16 * DAY }, (_, m) =>
      m % DAY < 1100 ? 20 * (1 + 0.002 * Math.floor(m / DAY)) : 1,
    );
    const { measured, profile } = hold(nightly, usual);
    expect(isFarShort(measured!)).toBe(false);
    expect(profile.strategy.floors).not.toBe('none');
    expect(profile.footing).toBeUndefined();
  });

  it('is not given up for a reflex that would have cost more on the very day the forecast was wrong', () => {
    const rising = Float64Array.from({ length: 16 * DAY }, (_, m) => {
      const batch = m % 240 < 180 ? 20 : 1;
      return m >= 15 * DAY ? 1.12 * batch : batch;
    });
    const { measured, profile } = hold(rising, usual);
    expect(isFarShort(measured!)).toBe(true);
    expect(profile.footing).toBeUndefined();
  });
});
