import { describe, expect, it } from 'vitest';
import { CPU_POLICY } from '../memory/index.ts';
import { PortError, type ScalingPolicy } from '../ports/index.ts';
import { makeWorld, type World } from '../testing/world.ts';

/** A group whose target of 50 was tuned to 55. */
async function leased(): Promise<World> {
  const world = await makeWorld({ hour: 0 });
  await world.review();
  await world.live(10);
  expect(world.target()).toBe(55);
  return world;
}

const lease = (world: World) => world.ports.targets.lease(world.ref);
const ownPolicy = async (world: World) => (await world.ports.records.load(world.ref))?.home.policy;
const STEPS: ScalingPolicy = { kind: 'step', name: 'steps', enabled: true };

describe('S7, S8: the owner changes the policy under lease', () => {
  it.each<[string, readonly ScalingPolicy[]]>([
    ['deletes it', []],
    ['puts a step policy in its place', [STEPS]],
    ['puts one of another name in its place', [{ ...CPU_POLICY, name: 'cpu-40', target: 40 }]],
  ])('%s: AWS does not make it anew when the lease would have been due', async (_, policies) => {
    const world = await leased();
    world.change({ policies });
    await world.live(5);
    expect(await lease(world)).toBeUndefined();
    world.pass(31 * 60);
    await world.live(60);
    await world.review();
    await world.live(60);
    expect(world.group().policies.map(({ name }) => name)).toEqual(policies.map(({ name }) => name));
  });

  it('renames it: the new one is home, and tuned in its turn', async () => {
    const world = await leased();
    world.change({ policies: [{ ...CPU_POLICY, name: 'cpu-40', target: 40 }] });
    await world.live(24 * 60);
    await world.review();
    expect(await ownPolicy(world)).toMatchObject({ name: 'cpu-40', target: 40 });
    expect(world.group().policies).toMatchObject([{ name: 'cpu-40', target: 45 }]);
    expect((await lease(world))?.owner).toMatchObject({ name: 'cpu-40', target: 40 });
  });

  it("adds a second one: the owner's target is back at once", async () => {
    const world = await leased();
    world.change({ policies: [...world.group().policies, STEPS] });
    await world.live(5);
    expect(world.target()).toBe(50);
    expect(world.decisions('give-back').map((entry) => entry.decision)).toMatchObject([
      { reason: 'policy-not-tunable' },
    ]);
  });

  it("switches it off: it stays off, with the owner's target", async () => {
    const world = await leased();
    world.change({ policies: world.group().policies.map((policy) => ({ ...policy, enabled: false })) });
    await world.live(5);
    world.pass(31 * 60);
    expect(world.group().policies).toMatchObject([{ enabled: false, target: 50 }]);
  });

  it('changes something else of it: the lease gives that back too, whatever the order of the fields', async () => {
    const world = await leased();
    const { TargetValue, ...rest } = CPU_POLICY.configuration as { TargetValue: number };
    const configuration = { DisableScaleIn: true, ...rest, TargetValue };
    world.change({ policies: [{ ...CPU_POLICY, target: 55, configuration }] });
    await world.live(5);
    expect((await lease(world))?.owner).toEqual({ ...CPU_POLICY, configuration });
    const renewed = (await lease(world))?.due;
    const reordered = { ...rest, TargetValue: 55, DisableScaleIn: true };
    world.change({ policies: [{ ...CPU_POLICY, target: 55, configuration: reordered }] });
    await world.live(30);
    expect((await lease(world))?.due).toBe(renewed);
  });

  it('makes it only after the group was adopted: it is home all the same', async () => {
    const world = await makeWorld({ hour: 0, group: { policies: [] } });
    await world.live(5);
    world.change({ policies: [CPU_POLICY] });
    await world.live(5);
    await world.review();
    expect(await ownPolicy(world)).toEqual(CPU_POLICY);
    expect(world.target()).toBe(55);
  });

  it('while the record is lost: the lease that stands is ended all the same', async () => {
    const world = await leased();
    world.ports.records.clear();
    world.change({ policies: [STEPS] });
    await world.live(5);
    world.pass(31 * 60);
    expect(world.group().policies).toEqual([STEPS]);
  });
});

describe("S8: a target of ours is never read back as the owner's", () => {
  it('when a put came through although its answer was lost', async () => {
    const world = await makeWorld({ hour: 0 });
    const targets = { ...world.ports.targets };
    world.ports.targets.put = async (...args) => {
      await targets.put(...args);
      throw new PortError('unavailable', 'the connection was lost');
    };
    await world.review();
    Object.assign(world.ports.targets, targets);
    await world.live(60);
    expect(world.target()).toBe(55);
    expect(await ownPolicy(world)).toEqual(CPU_POLICY);
    expect(world.decisions('hold')).toEqual([]);
  });

  it("nor the owner's as a reset, when the run died before the put", async () => {
    const world = await makeWorld({ hour: 0 });
    const targets = { ...world.ports.targets };
    const records = { ...world.ports.records };
    const dies = async () => {
      throw new Error('out of memory');
    };
    world.ports.targets.put = () => {
      world.ports.records.save = dies;
      return dies();
    };
    await expect(world.review()).rejects.toThrow('out of memory');
    Object.assign(world.ports.targets, targets);
    Object.assign(world.ports.records, records);
    await world.live(60);
    expect(await ownPolicy(world)).toEqual(CPU_POLICY);
    expect(world.decisions('reset')).toEqual([]);
    expect(world.decisions('hold')).toEqual([]);
  });
});

describe('S8: what AWS refuses', () => {
  const refuse = (world: World) => {
    world.ports.faults.faults = {
      call: (operation) => (operation === 'put-target' ? new PortError('denied', 'not allowed') : undefined),
    };
  };

  it('to give back does not stop the floors, and is tried again', async () => {
    const world = await leased();
    const record = (await world.ports.records.load(world.ref))!;
    await world.ports.records.save(world.ref, { ...record, wantedTarget: 50 });
    refuse(world);
    await world.live(60);
    expect(world.excuses()).toContain('write-refused');
    expect(world.minSize()).toBeGreaterThanOrEqual(2);
    expect((await world.steps()).length).toBeGreaterThan(3);
    world.ports.faults.faults = {};
    await world.live(5);
    expect(world.target()).toBe(50);
    expect(await lease(world)).toBeUndefined();
  });

  it("while paused is given back by the lease, and that is nobody's reset", async () => {
    const world = await leased();
    refuse(world);
    const scope = { kind: 'everything' } as const;
    await world.ports.holds.place({ kind: 'paused', scope, since: world.now(), by: 'alice' });
    await world.live(31 * 60);
    expect(world.target()).toBe(50);
    world.ports.faults.faults = {};
    await world.live(30);
    expect(await ownPolicy(world)).toEqual(CPU_POLICY);
    expect(world.decisions('reset')).toEqual([]);
  });
});

describe('S7: a group whose owner takes every policy away', () => {
  it('has no floors any more, since nothing would scale in again; they are back with a policy', async () => {
    const world = await makeWorld();
    await world.live(60);
    const size = world.group().desired;
    expect((await world.steps()).length).toBeGreaterThan(3);
    world.change({ policies: [] });
    await world.live(5);
    expect(world.excuses()).toEqual(['policy-not-tunable']);
    expect(world.decisions('give-back').map((entry) => entry.decision)).toMatchObject([
      { reason: 'no-policy' },
    ]);
    expect(await world.steps()).toMatchObject([{ name: 'evenkeel-home', minSize: 2 }]);
    await world.live(12 * 60);
    expect(world.group().desired).toBeLessThanOrEqual(size + 1);
    world.change({ policies: [CPU_POLICY] });
    await world.live(5);
    expect((await world.steps()).length).toBeGreaterThan(3);
  });
});
