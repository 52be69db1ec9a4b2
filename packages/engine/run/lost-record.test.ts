import { describe, expect, it } from 'vitest';
import { type Actor, type Change, type GroupRecord, PortError } from '../ports/index.ts';
import { makeWorld, type World } from '../testing/world.ts';

const homeOf = async (world: World) => (await world.ports.records.load(world.ref))?.home;

function told(world: World, change: Omit<Change, 'id' | 'at' | 'who'>, at = world.now()): void {
  world.ports.activity.record(world.ref, { id: `${at}-${change.field}`, at, who: 'bob', ...change });
}

describe('S2: a record that is lost minutes after its owner changed the group', () => {
  it.each<[Actor, number]>([
    ['person', 9],
    ['person', 25],
    ['infrastructure-code', 9],
  ])('MinSize that a %s set (%i) is home', async (by, min) => {
    const world = await makeWorld();
    await world.live(3 * 60);
    world.change({ size: { min, max: 40 } });
    told(world, { by, field: 'size', size: { min } });
    // One of our steps runs over it before anybody looks.
    world.pass(4);
    world.ports.records.clear();
    await world.live(120);
    expect((await homeOf(world))?.minSize).toBe(min);
    world.pass(72 * 60);
    expect(world.minSize()).toBe(min);
  });

  it('a change that the trail tells of a quarter of an hour late counts too', async () => {
    const world = await makeWorld();
    await world.live(3 * 60);
    const at = world.now();
    world.change({ size: { min: 9, max: 40 } });
    world.pass(4);
    world.ports.records.clear();
    await world.live(11);
    told(world, { by: 'person', field: 'size', size: { min: 9 } }, at);
    await world.live(60);
    expect((await homeOf(world))?.minSize).toBe(9);
  });

  it.each([
    ['without a trail', (world: World) => Object.assign(world.ports.activity, { hasTrail: false })],
    [
      'while the trail cannot be read',
      (world: World) =>
        Object.assign(world.ports.faults, {
          faults: {
            call: (what: string) => (what === 'changes' ? new PortError('throttled', 'slow') : undefined),
          },
        }),
    ],
  ])('S3: %s a floor of ours is not home: the group itself says what is', async (_, hide) => {
    const world = await makeWorld();
    await world.live(5 * 60);
    expect(world.minSize()).toBeGreaterThan(10);
    world.ports.records.clear();
    hide(world);
    await world.live(30);
    world.pass(72 * 60);
    expect(world.minSize()).toBe(2);
  });

  it('S8: a target set by hand is not taken for the one under lease', async () => {
    const world = await makeWorld({ hour: 0 });
    await world.review();
    await world.live(60);
    world.change({ policies: world.group().policies.map((policy) => ({ ...policy, target: 40 })) });
    told(world, { by: 'person', field: 'policy' });
    world.ports.records.clear();
    await world.live(60);
    expect((await homeOf(world))?.policy).toMatchObject({ target: 40 });
    world.pass(72 * 60);
    expect(world.target()).toBe(40);
  });
});

it.each<[string, object]>([
  ['nothing in it', {}],
  ['no home', { adoptedAt: 1, written: [] }],
  ['a home that is no number', { home: { minSize: '2' }, adoptedAt: 1, written: [] }],
  ['a policy that is none', { home: { minSize: 2, policy: 'cpu-50' }, adoptedAt: 1, written: [] }],
  ['steps that are none', { home: { minSize: 2 }, adoptedAt: 1, written: [null] }],
])(
  'S3: a record with %s counts as lost: home is what the group says, and the plan goes on',
  async (_, damaged) => {
    const world = await makeWorld();
    await world.live(5 * 60);
    await world.ports.records.save(world.ref, damaged as GroupRecord);
    expect((await world.tick()).failures).toEqual([]);
    await world.live(60);
    expect((await homeOf(world))?.minSize).toBe(2);
    expect((await world.steps()).length).toBeGreaterThan(3);
  },
);
