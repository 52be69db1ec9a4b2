import { startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { CPU_POLICY } from '../memory/index.ts';
import { makeWorld } from '../testing/world.ts';
import { tick } from '../tick/tick.ts';

describe('S2: a group made anew under the same name', () => {
  it('has its own home: neither the record nor the lease of the one before counts', async () => {
    const world = await makeWorld({ hour: 0 });
    await world.review();
    await world.live(60);
    expect(await world.ports.targets.lease(world.ref)).toBeDefined();
    const policy = { ...CPU_POLICY, name: 'cpu-45', target: 45 };
    world.ports.scheduledActions.forget(world.ref);
    world.pass(2);
    world.change({ createdAt: world.now(), size: { min: 7, max: 30 }, policies: [policy] });
    await world.live(60);
    expect((await world.ports.records.load(world.ref))?.home).toEqual({ minSize: 7, policy });
    expect(world.decisions('hold')).toEqual([]);
    expect(world.decisions('adoption').map((entry) => entry.decision)).toMatchObject([
      { homeMinSize: 2, homeTarget: 50 },
      { homeMinSize: 7, homeTarget: 45 },
    ]);
    world.pass(31 * 60);
    expect(world.group()).toMatchObject({ size: { min: 7, max: 30 }, policies: [policy] });
  });

  it('S8: nor does its lease put its policy into one that is made later and not tagged', async () => {
    const world = await makeWorld({ hour: 0 });
    await world.review();
    expect(await world.ports.targets.lease(world.ref)).toBeDefined();
    const { ref } = world;
    const anew = { ...world.group(), tags: {}, policies: [] };
    world.ports.groups.delete(ref);
    await tick(world.ports, ref, startOf(world.now()));
    expect(await world.ports.records.load(ref)).toBeUndefined();
    world.ports.groups.set(anew);
    world.pass(31 * 60);
    expect(world.group().policies).toEqual([]);
  });
});
