import { describe, expect, it } from 'vitest';
import { replay } from '../replay/kernel.ts';
import { track } from '../replay/track.ts';
import { createWorld } from '../replay/world.ts';
import { believedRatio, impliedRatio } from './implied-ratio.ts';
import { isBelievable, isKept, verifiedSaving } from './verified-saving.ts';

const DAY = 1440;
const wave = (minutes: number, level = 10) =>
  Float64Array.from({ length: minutes }, (_, t) => level * (1 + 0.3 * Math.sin((2 * Math.PI * t) / DAY)));

/** A day of a group that was moved to instances of 1.25 old ones at 1.1 times the price, as the kernel plays it. */
function dayAfter(changes: Partial<Parameters<typeof verifiedSaving>[0]> = {}) {
  const world = createWorld({ bounds: { min: 2, max: 100 } });
  const demand = wave(DAY, 8);
  const inService = Float64Array.from(replay({ demand, world, policy: track(0.5) }).inService);
  const floors = new Float64Array(DAY);
  const usdPerInstanceHour = { old: 0.1, fresh: 0.11 };
  const plain = { demand, inService, from: 60, world, target: 0.5, floors, ratio: 1.25, oldMinimum: 2 };
  return { ...plain, usdPerInstanceHour, paidAnyway: 0, ...changes };
}

describe('what a change saved', () => {
  it('is the replayed bill of the old shape less the measured one of the new', () => {
    const saving = verifiedSaving(dayAfter())!;
    expect(saving.instances.old / saving.instances.fresh).toBeCloseTo(1.25, 1);
    expect(saving.usdPerMonth.old).toBeCloseTo(saving.instances.old * 0.1 * 720, 6);
    expect(saving.usdPerMonth.fresh).toBeCloseTo(saving.instances.fresh * 0.11 * 720, 6);
    expect(saving.replayError).toBeCloseTo(0, 9);
    // 1 - 1.1 / 1.25
    expect(isKept(saving, 0.12)).toBe(true);
    expect(isKept(saving, 0.3)).toBe(false);
  });

  it('counts what the old shape would have kept standing: its own minimum and the floors in force', () => {
    const alone = verifiedSaving(dayAfter())!;
    const minimum = verifiedSaving(dayAfter({ oldMinimum: 40 }))!;
    expect(minimum.instances.old).toBe(40);
    const floors = new Float64Array(DAY).fill(24);
    const floored = verifiedSaving(dayAfter({ floors, inService: new Float64Array(DAY).fill(24) }))!;
    expect(floored.instances.old).toBeGreaterThanOrEqual(30);
    expect(floored.instances.old).toBeGreaterThan(alone.instances.old);
  });

  it('S23: what a commitment pays for anyway is no saving', () => {
    const saving = verifiedSaving(dayAfter({ paidAnyway: 1 }))!;
    expect(saving.usdPerMonth.fresh).toBeGreaterThan(saving.usdPerMonth.old);
  });

  it('is not kept where minutes without enough capacity came with it', () => {
    const saving = verifiedSaving(dayAfter())!;
    expect(isKept({ ...saving, hotMinutes: { old: 10, fresh: 14 } }, 0.12)).toBe(true);
    expect(isKept({ ...saving, hotMinutes: { old: 10, fresh: 40 } }, 0.12)).toBe(false);
  });

  it('says nothing where nothing was measured, and is not believed where the replay is off (S9)', () => {
    expect(verifiedSaving(dayAfter({ inService: new Float64Array(DAY).fill(Number.NaN) }))).toBeUndefined();
    const more = dayAfter().inService.map((count) => count * 1.2);
    expect(isBelievable(verifiedSaving(dayAfter({ inService: more }))!)).toBe(false);
    expect(isBelievable(verifiedSaving(dayAfter())!)).toBe(true);
  });
});

describe('what the days before say of the ratio', () => {
  const days = (levels: Readonly<Record<number, number>>) =>
    new Map(Object.entries(levels).map(([day, level]) => [Number(day), wave(DAY, level)]));
  const steady = days({ 2: 10, 3: 10, 4: 10, 5: 10, 7: 10, 9: 10, 10: 10, 11: 10 });

  it('the same work that counts as fewer instances is a larger instance', () => {
    expect(impliedRatio(wave(DAY, 8), steady)!.ratio).toBeCloseTo(1.25, 9);
    expect(impliedRatio(wave(DAY, 12.5), steady)!.ratio).toBeCloseTo(0.8, 9);
  });

  it('is compared with the same weekday, and as sure as weekdays repeat themselves', () => {
    const weekends = days({
      2: 5,
      3: 5,
      4: 10,
      5: 10,
      6: 10,
      7: 9,
      9: 5,
      10: 5.5,
      11: 9,
      12: 10,
      13: 10,
      14: 10,
    });
    const found = impliedRatio(wave(DAY, 8), weekends)!;
    expect(found.ratio).toBeCloseTo(9 / 8, 9);
    expect(found.band).toBeGreaterThan(0.1);
    expect(impliedRatio(wave(DAY, 8), steady)!.band).toBe(0.05);
  });

  it('does not change by a crowd of some hours', () => {
    const crowd = wave(DAY, 8).map((value, t) => (t > 600 && t < 900 ? 5 * value : value));
    expect(impliedRatio(crowd, steady)!.ratio).toBeCloseTo(1.25, 2);
  });

  it('moves a measured ratio only as far as the days demand', () => {
    const implied = { ratio: 0.8, band: 0.1 };
    expect(believedRatio(0.85, implied)).toEqual({ ratio: 0.85, contradicted: false });
    expect(believedRatio(1.1, implied).contradicted).toBe(true);
    expect(believedRatio(1.1, implied).ratio).toBeCloseTo(0.8 * Math.exp(0.1), 9);
    expect(believedRatio(1.1, undefined)).toEqual({ ratio: 1.1, contradicted: false });
  });

  it('is silent with too few days', () => {
    expect(impliedRatio(wave(DAY, 8), days({ 2: 10, 3: 10 }))).toBeUndefined();
  });
});
