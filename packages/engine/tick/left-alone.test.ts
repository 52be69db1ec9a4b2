import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { CPU_POLICY } from '../memory/index.ts';
import { type Actor, groupScope } from '../ports/index.ts';
import { makeWorld, type World } from '../testing/world.ts';

const WRONG = { 'evenkeel:mode': 'auto', 'evenkeel:tier': 'banana' };
const RIGHT = { 'evenkeel:mode': 'auto' };

function setMinSize(world: World, min: number, by: Actor = 'person'): void {
  world.change({ size: { ...world.group().size, min } });
  const change = {
    id: `${world.now()}`,
    at: world.now(),
    by,
    who: 'bob',
    field: 'size',
    size: { min },
  } as const;
  world.ports.activity.record(world.ref, change);
}

const homeOf = async (world: World) => (await world.ports.records.load(world.ref))?.home;
const planned = async (world: World) => (await world.steps()).filter(({ name }) => name !== HOME_STEP_NAME);

describe.each([
  ['with a trail', true],
  ['without a trail', false],
])('S2, S3: while a tag is wrong, %s', (_, hasTrail) => {
  it.each<[Actor, number]>([
    ['person', 9],
    ['person', 1],
    ['infrastructure-code', 9],
  ])(
    'a MinSize that a %s sets (%i) is home: no step of ours runs over it, then or when the tag is right',
    async (by, min) => {
      const world = await makeWorld();
      world.ports.activity.hasTrail = hasTrail;
      await world.live(3 * 60);
      world.tag(WRONG);
      await world.live(20);
      setMinSize(world, min, by);
      await world.live(40 * 60);
      expect(world.minSize()).toBe(min);
      expect(await planned(world)).toEqual([]);
      world.tag(RIGHT);
      await world.live(120);
      expect((await homeOf(world))?.minSize).toBe(min);
      world.pass(72 * 60);
      expect(world.minSize()).toBe(min);
    },
  );
});

describe('while a tag is wrong', () => {
  it('S11, S30: a pause takes the steps away all the same', async () => {
    const world = await makeWorld();
    await world.live(60);
    world.tag(WRONG);
    await world.live(10);
    expect(await planned(world)).not.toEqual([]);
    await world.ports.holds.place({
      kind: 'paused',
      scope: { kind: 'everything' },
      since: world.now(),
      by: 'alice',
    });
    await world.live(5);
    expect(await planned(world)).toEqual([]);
    expect(world.decisions('hold')).toMatchObject([{ decision: { hold: 'paused', by: 'alice' } }]);
  });

  it.each<[string, (world: World) => Promise<void>]>([
    ['by its tag', async (world) => world.tag({ ...WRONG, 'evenkeel:mode': 'off' })],
    [
      'by command',
      async (world) => {
        world.tag({ 'evenkeel:tier': 'banana' });
        await world.ports.settings.save('shop', { expected: [], mode: 'off' });
      },
    ],
  ])('S16: switched off %s, everything goes home', async (_, switchOff) => {
    const world = await makeWorld();
    await world.review();
    await world.live(3 * 60);
    await switchOff(world);
    await world.live(10);
    expect([world.minSize(), world.target()]).toEqual([2, 50]);
    expect(await world.steps()).toEqual([]);
  });

  it('from the first: the group is adopted when it is right, as it is then', async () => {
    const world = await makeWorld({ tags: WRONG });
    await world.live(30);
    setMinSize(world, 9);
    await world.live(30);
    expect(world.decisions()).toEqual([]);
    world.tag(RIGHT);
    await world.live(5);
    expect(world.decisions('adoption')).toMatchObject([{ decision: { homeMinSize: 9 } }]);
    expect(world.decisions('hold')).toEqual([]);
  });

  it('S3: from when the record was lost on, a floor of ours is not what it is adopted with', async () => {
    const world = await makeWorld();
    await world.live(5 * 60);
    world.ports.records.clear();
    world.tag(WRONG);
    await world.live(30);
    world.tag(RIGHT);
    await world.live(5);
    expect((await homeOf(world))?.minSize).toBe(2);
  });
});

describe('S2, S16: switched off and on again', () => {
  it('home is what the owner set meanwhile, MinSize and target', async () => {
    const world = await makeWorld();
    await world.live(3 * 60);
    world.tag({ 'evenkeel:mode': 'off' });
    await world.live(60);
    setMinSize(world, 9);
    const policy = { ...CPU_POLICY, target: 40 };
    world.change({ policies: [policy] });
    await world.live(60);
    world.tag(RIGHT);
    await world.live(60);
    expect(await homeOf(world)).toEqual({ minSize: 9, policy });
    expect(world.decisions('hold')).toEqual([]);
    world.pass(72 * 60);
    expect(world.minSize()).toBe(9);
  });

  it('within the minutes that MinSize needs to go home: a floor of ours is not home', async () => {
    const world = await makeWorld();
    await world.live(5 * 60);
    world.tag({ 'evenkeel:mode': 'off' });
    await world.tick();
    await world.tick();
    world.tag(RIGHT);
    await world.tick();
    expect((await homeOf(world))?.minSize).toBe(2);
  });
});

describe('S16: what is taken back', () => {
  it('is not a MinSize that the owner set as they switched Evenkeel off', async () => {
    const world = await makeWorld();
    await world.live(3 * 60);
    setMinSize(world, 17);
    world.tag({ 'evenkeel:mode': 'off' });
    await world.live(60);
    expect(world.minSize()).toBe(17);
    expect(await world.steps()).toEqual([]);
  });

  it('goes to what the owner set just before, where one of our steps ran over it', async () => {
    const world = await makeWorld();
    await world.live(3 * 60 + 2);
    const floor = world.minSize();
    setMinSize(world, 9);
    world.change({ size: { min: floor, max: 40 } });
    world.tag({ 'evenkeel:mode': 'off' });
    await world.live(10);
    expect(world.minSize()).toBe(9);
  });

  it('S5: is tried until it came about, while scheduled actions are suspended', async () => {
    const world = await makeWorld();
    await world.live(5 * 60);
    const floor = world.minSize();
    world.change({ suspendedProcesses: ['ScheduledActions'] });
    world.tag({ 'evenkeel:mode': 'off' });
    await world.live(3 * 60);
    expect(world.minSize()).toBe(floor);
    world.change({ suspendedProcesses: [] });
    await world.live(10);
    expect(world.minSize()).toBe(2);
  });
});

it('S13: home written back where nothing is put again is no reset', async () => {
  const world = await makeWorld();
  await world.live(5 * 60);
  world.tag({ 'evenkeel:mode': 'observe' });
  await world.live(5);
  setMinSize(world, 2, 'infrastructure-code');
  await world.live(60);
  expect(world.decisions('reset')).toEqual([]);
  expect((await homeOf(world))?.minSize).toBe(2);
});

it.each(['paused', 'resets'] as const)('S13: nor is it one while a hold stands: %s', async (kind) => {
  const world = await makeWorld();
  await world.live(5 * 60);
  const scope = kind === 'paused' ? ({ kind: 'everything' } as const) : groupScope(world.ref);
  const until = (world.now() + 7 * 1440) as Minute;
  await world.ports.holds.place({ kind, scope, since: world.now(), until, by: 'alice' });
  await world.live(5);
  expect(world.minSize()).toBeGreaterThan(2);
  setMinSize(world, 2, 'infrastructure-code');
  await world.live(60);
  expect(world.decisions('reset')).toEqual([]);
  expect((await homeOf(world))?.minSize).toBe(2);
});
