import { startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { createMemoryPorts, type MemoryPorts } from '../memory/index.ts';
import { DEFAULT_SETTINGS } from '../run/settings.ts';
import { jumpyDemand, makeWorld, type World } from '../testing/world.ts';
import { tickAll } from './tick.ts';

/** A second Evenkeel with tables of its own on the same groups. */
async function secondOn(world: World): Promise<MemoryPorts> {
  const own = createMemoryPorts({ now: () => world.now() });
  const { groups, metrics, scheduledActions, targets, activity } = world.ports;
  await own.profiles.save('shop', (await world.ports.profiles.load('shop'))!);
  return { ...own, groups, metrics, scheduledActions, targets, activity };
}

/** Both at work, the second a minute after the first. */
async function liveBoth(world: World, second: MemoryPorts, minutes: number): Promise<void> {
  for (let i = 0; i < minutes; i += 5) {
    await world.live(5);
    world.pass(1);
    await tickAll(second, startOf(world.now()), DEFAULT_SETTINGS);
    world.pass(4);
    await world.tick();
  }
}

const standsBack = (ports: MemoryPorts) =>
  ports.ledger.all().some(({ excuses }) => excuses.some((each) => each.bottleneck === 'another Evenkeel'));

describe.each([
  ['with a trail', true],
  ['without a trail', false],
])('S15: two Evenkeels on one group, %s', (_, hasTrail) => {
  it('one stands back, no floor becomes home, and alone the group goes home', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    world.ports.activity.hasTrail = hasTrail;
    await world.live(3 * 60);
    const second = await secondOn(world);
    await liveBoth(world, second, 6 * 60);
    expect([standsBack(world.ports), standsBack(second)].filter(Boolean)).toHaveLength(1);
    for (const ports of [world.ports, second]) {
      expect((await ports.records.load(world.ref))?.home.minSize).toBe(2);
      expect(ports.ledger.all().filter(({ decision }) => decision?.kind === 'hold')).toEqual([]);
    }
    world.pass(72 * 60);
    expect(world.minSize()).toBe(2);
  });

  it('when the other is gone the first goes on by itself', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    world.ports.activity.hasTrail = hasTrail;
    await world.live(3 * 60);
    await liveBoth(world, await secondOn(world), 60);
    expect(standsBack(world.ports)).toBe(true);
    await world.live(49 * 60);
    expect(world.excuses()).toEqual([]);
    expect(world.minSize()).toBeGreaterThan(10);
    expect(world.decisions('reset')).toEqual([]);
    expect(world.decisions('hold')).toEqual([]);
  });
});

it('S15: a run of our own at the same time is no other Evenkeel', async () => {
  const world = await makeWorld({ demand: jumpyDemand });
  await world.live(3 * 60);
  world.pass(5);
  // This run reads its record before the other one writes.
  const { ports } = world;
  const before = (await ports.records.load(world.ref))!;
  await world.tick();
  let reads = 0;
  const load = ports.records.load.bind(ports.records);
  ports.records.load = async (ref) => (reads++ === 0 ? before : load(ref));
  await world.tick();
  ports.records.load = load;
  expect(reads).toBeGreaterThan(1);
  expect(standsBack(ports)).toBe(false);
});
