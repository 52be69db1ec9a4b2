import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import type { ExpectedEvent } from '../ports/index.ts';
import { makeWorld, type World } from '../testing/world.ts';

/** At 06:00, with a plan of a few instances, and as many in service as its target tracking holds. */
async function shop(desired: number): Promise<World> {
  const world = await makeWorld({ group: { size: { min: 2, max: 100 }, desired, inService: desired } });
  await world.live(10);
  return world;
}

async function boost(world: World, more: Pick<ExpectedEvent, 'factor' | 'add'>, minutes = 60): Promise<void> {
  const from = world.now();
  const event = {
    name: 'boost by bob',
    from,
    until: (from + minutes) as Minute,
    askedAt: from,
    by: 'bob',
    ...more,
  };
  await world.ports.settings.save('shop', { expected: [event] });
  await world.live(10);
}

describe('a boost', () => {
  it('is so many instances more than there were, however far the floor was below them', async () => {
    const world = await shop(20);
    expect(world.minSize()).toBeLessThan(12);
    await boost(world, { factor: 1, add: 4 });
    expect(world.minSize()).toBe(24);
  });

  it('does not grow on itself, tick after tick', async () => {
    const world = await shop(20);
    await boost(world, { factor: 1, add: 4 });
    world.change({ desired: 24, inService: 24 });
    await world.live(45);
    expect(world.minSize()).toBe(24);
  });

  it('by a factor counts from the same size', async () => {
    const world = await shop(20);
    await boost(world, { factor: 1.5 });
    expect(world.minSize()).toBe(30);
  });

  it('comes on top of the floor where that rises above what there was', async () => {
    const world = await shop(4);
    const floor = world.minSize();
    world.change({ desired: 2 });
    await boost(world, { factor: 1, add: 4 });
    expect(world.minSize()).toBeGreaterThanOrEqual(floor + 4);
  });

  it('never goes above MaxSize, and ends by itself', async () => {
    const world = await shop(99);
    await boost(world, { factor: 1, add: 40 }, 30);
    expect(world.minSize()).toBe(100);
    await world.live(40);
    expect(world.minSize()).toBeLessThan(12);
    expect(world.decisions('boost-ended')).toHaveLength(1);
  });
});
