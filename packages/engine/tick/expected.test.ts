import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { MIDNIGHT, makeWorld, officeDemand, type World } from '../testing/world.ts';

const DAY = 1440;
const FACTOR = 3;
/** Today from 11:00 to 13:00, around the daily peak. */
const SALE = { from: (MIDNIGHT + 660) as Minute, until: (MIDNIGHT + 780) as Minute };

function withSale(share: number): (at: number) => number {
  const times = 1 + share * (FACTOR - 1);
  return (at) => (SALE.from <= at && at < SALE.until ? times : 1) * officeDemand(at);
}

const whole = withSale(1);
const half = withSale(0.5);
const none = withSale(0);

/** At 09:00 of the day of the sale. */
async function shop(demand: (at: number) => number, announced = true): Promise<World> {
  const world = await makeWorld({ demand, hour: 9, group: { size: { min: 2, max: 100 } } });
  if (announced)
    await world.ports.settings.save('shop', { expected: [{ name: 'sale', ...SALE, factor: FACTOR }] });
  return world;
}

/** What the peak of officeDemand needs at an SLO utilisation of 70 %. */
const PEAK_NEED = 12 / 0.7;

describe('an announced multiple of demand', () => {
  it.each([
    ['all of it', whole],
    ['half of it', half],
    ['none of it', none],
  ])('is served before it begins and to its end, once and not twice, where %s comes', async (_, demand) => {
    const world = await shop(demand);
    await world.live(115);
    const before = world.minSize();
    const during: number[] = [];
    for (let i = 0; i < 12; i++) {
      await world.live(10);
      during.push(world.minSize());
    }
    const needs = FACTOR * PEAK_NEED;
    expect(before).toBeGreaterThan(0.85 * needs);
    expect(Math.min(...during)).toBeGreaterThan(0.85 * needs);
    expect(Math.max(...during)).toBeLessThan(1.25 * needs);
  });

  it('S2: is not taken for usual by the reviews of the night after and of the week after', async () => {
    const sold = await shop(whole);
    const usual = await shop(none, false);
    for (const days of [1, 7]) {
      const [told, without] = await Promise.all(
        [sold, usual].map(async (world) => {
          world.pass(MIDNIGHT + days * DAY + 30 - world.now());
          await world.review();
          return (await world.ports.profiles.load('shop'))!;
        }),
      );
      expect(told!.highestNeed).toBeLessThan(1.01 * PEAK_NEED);
      expect(told).toEqual(without);
    }
  }, 60_000);

  it('multiplies what yesterday needed where the strategy has no floors', async () => {
    const world = await shop(whole);
    const profile = (await world.ports.profiles.load('shop'))!;
    await world.ports.profiles.save('shop', {
      ...profile,
      strategy: { target: 0.5, floors: 'none' },
      forecasters: [],
      dayAhead: [],
    });
    await world.live(115);
    const before = world.minSize();
    await world.live(65);
    expect(before).toBeGreaterThan(0.85 * FACTOR * PEAK_NEED);
    expect(world.minSize()).toBeGreaterThan(0.95 * FACTOR * PEAK_NEED);
    expect(world.minSize()).toBeLessThan(1.1 * FACTOR * PEAK_NEED);
    await world.live(70);
    expect(world.minSize()).toBe(2);
  });
});
