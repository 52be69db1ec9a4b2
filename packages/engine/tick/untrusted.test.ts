import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { plainGroup } from '../memory/index.ts';
import { type GroupRef, PortError } from '../ports/index.ts';
import { makeWorld, officeDemand, type World } from '../testing/world.ts';

function failing(world: World, what: string, of: (ref: GroupRef) => boolean = () => true): void {
  world.ports.faults.faults = {
    call: (operation, ref) =>
      operation === what && ref && of(ref) ? new PortError('unavailable', 'CloudWatch is away') : undefined,
  };
}

describe('S6: what cannot be read lowers nothing', () => {
  it("not even where it is another group's of the series", async () => {
    const world = await makeWorld({ hour: 13 });
    const green = plainGroup('green', { tags: world.group().tags, size: { min: 2, max: 40 } });
    world.ports.groups.set(green);
    const start = (world.now() - 2 * 1440) as Minute;
    const values = Float64Array.from({ length: 4 * 1440 }, (_, i) => officeDemand(start + i));
    world.ports.metrics.set(green.ref, { demand: { start, values } });
    await world.live(60);
    const floor = world.minSize();
    expect(floor).toBeGreaterThan(5);
    failing(world, 'demand', ({ name }) => name === 'green');
    await world.live(5 * 60);
    expect(world.minSize()).toBeGreaterThanOrEqual(floor);
    expect(world.excuses()).toContain('missing-metrics');
    world.ports.faults.faults = {};
    await world.live(3 * 60);
    expect(world.minSize()).toBeLessThan(floor);
  });

  it('while demand falls and the guard signals are away', async () => {
    const world = await makeWorld({ hour: 14 });
    await world.live(90);
    failing(world, 'guard');
    await world.live(10);
    const floor = world.minSize();
    expect(floor).toBeGreaterThan(8);
    await world.live(50);
    expect(world.minSize()).toBeGreaterThanOrEqual(floor);
    expect(world.excuses()).toContain('missing-metrics');
  });

  it('and guards are asked too where bounds let floors fall below home', async () => {
    const tags = { 'evenkeel:bounds': '1-40' };
    const world = await makeWorld({ hour: 15, tags, group: { size: { min: 9, max: 40 } } });
    failing(world, 'guard');
    await world.live(90);
    expect(world.minSize()).toBeGreaterThanOrEqual(9);
    world.ports.faults.faults = {};
    await world.live(90);
    expect(world.minSize()).toBeLessThan(9);
  });

  it('nor does a floor that is no number, and none is written', async () => {
    const world = await makeWorld({ hour: 15 });
    await world.live(60);
    const until = (world.now() + 120) as Minute;
    const event = { name: 'sale', from: world.now(), until, factor: 1, add: Number.NaN };
    await world.ports.settings.save('shop', { expected: [event] });
    await world.live(10);
    const floor = world.minSize();
    await world.live(50);
    expect(floor).toBeGreaterThan(5);
    expect(world.minSize()).toBeGreaterThanOrEqual(floor);
    expect(world.excuses()).toContain('implausible-demand');
    expect((await world.steps()).every(({ minSize }) => Number.isInteger(minSize))).toBe(true);
  });
});
