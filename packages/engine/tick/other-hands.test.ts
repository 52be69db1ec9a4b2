import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import type { Change } from '../ports/index.ts';
import { makeWorld, type World } from '../testing/world.ts';

const DAY = 1440;
const everything = { kind: 'everything' } as const;

const homeOf = async (world: World) => (await world.ports.records.load(world.ref))?.home.minSize;
const holds = (world: World) => world.decisions('hold').map((entry) => entry.decision);

/** Time passes without scheduled actions having an effect: they are suspended, or AWS refuses what they set. */
function passWithoutActions(world: World, minutes: number): void {
  const inner = { ...world.ports.scheduledActions };
  world.ports.scheduledActions.takeDue = (at) => inner.takeDue(at).slice(0, 0);
  world.pass(minutes);
  Object.assign(world.ports.scheduledActions, inner);
}

/** A person sets sizes by hand, and the trail tells. */
function setSizes(world: World, size: { min: number; max: number; desired?: number }): void {
  const { desired = world.group().desired, ...bounds } = size;
  world.change({ size: bounds, desired });
  const change: Change = {
    id: `${world.now()}`,
    at: world.now(),
    by: 'person',
    who: 'bob',
    field: 'size',
    size,
  };
  world.ports.activity.record(world.ref, change);
}

const owners = (world: World, action: Omit<ScheduledAction, 'name'>) =>
  world.ports.scheduledActions.put(world.ref, [{ name: 'owner', ...action }], { decisionId: 'owner' });

describe.each([
  ['with a trail', true],
  ['without a trail', false],
])('S2, S5: steps that were due and did not run, %s', (_, hasTrail) => {
  it("leave a floor of ours, not an owner's MinSize: home stays home and the plan goes on", async () => {
    const world = await makeWorld();
    world.ports.activity.hasTrail = hasTrail;
    await world.live(2 * 60);
    passWithoutActions(world, 15);
    await world.live(5);
    expect(world.excuses()).toContain('step-did-not-run');
    await world.live(60);
    expect(await homeOf(world)).toBe(2);
    expect(holds(world)).toEqual([]);
    expect(world.minSize()).toBeGreaterThan(5);
  });

  it('not even the home step, in two days of suspended scheduled actions', async () => {
    const world = await makeWorld();
    world.ports.activity.hasTrail = hasTrail;
    await world.live(5 * 60);
    const floor = world.minSize();
    world.change({ suspendedProcesses: ['ScheduledActions'] });
    for (let i = 0; i < 2 * 24; i++) {
      passWithoutActions(world, 60);
      await world.tick();
    }
    expect(world.minSize()).toBe(floor);
    world.change({ suspendedProcesses: [] });
    await world.live(18 * 60);
    expect(await homeOf(world)).toBe(2);
    expect(holds(world)).toEqual([]);
    expect(world.minSize()).toBeLessThan(floor);
  });
});

describe('S3: the home step leads to the home of now', () => {
  it('when a person sets another MinSize during a pause: theirs stays', async () => {
    const world = await makeWorld();
    await world.live(5 * 60);
    await world.ports.holds.place({ kind: 'paused', scope: everything, since: world.now(), by: 'alice' });
    await world.live(60);
    setSizes(world, { min: 9, max: 40 });
    await world.live(40 * 60);
    expect(world.minSize()).toBe(9);
  });

  it('when a person lowers MaxSize below a home that was', async () => {
    const world = await makeWorld({ hour: 9, group: { size: { min: 4, max: 40 } } });
    await world.live(60);
    setSizes(world, { min: 1, max: 3, desired: 3 });
    await world.live(5);
    const steps = await world.steps();
    expect(steps.map((step) => step.minSize)).toEqual([1]);
  });

  it('is put again where it was lost in a pause, as far ahead as always', async () => {
    const world = await makeWorld();
    await world.live(5 * 60);
    await world.ports.holds.place({ kind: 'paused', scope: everything, since: world.now(), by: 'alice' });
    passWithoutActions(world, 31 * 60);
    expect(world.minSize()).toBeGreaterThan(10);
    await world.tick();
    expect(await world.steps()).toMatchObject([{ name: 'evenkeel-home', in: 30 * 60 - 2, minSize: 2 }]);
    await world.live(31 * 60);
    expect(world.minSize()).toBe(2);
  });
});

describe("S15: the owner's own sizes", () => {
  it('of an evening action that ran while Evenkeel was down are nobody else', async () => {
    const world = await makeWorld({ hour: 14 });
    await owners(world, { start: (world.now() + 180) as Minute, minSize: 4, recurrence: '0 17 * * *' });
    await world.live(60);
    world.pass(9 * 60);
    await world.live(60);
    expect(holds(world)).toEqual([]);
    expect(await homeOf(world)).toBe(4);
  });

  it('of an action made since are known in observe too, where nothing is written', async () => {
    const world = await makeWorld({ mode: 'observe', hour: 14 });
    await world.live(2 * 60);
    await owners(world, { start: (world.now() + 180) as Minute, minSize: 4 });
    await world.live(6 * 60);
    expect(holds(world)).toEqual([]);
    expect(await homeOf(world)).toBe(4);
  });

  it.each(['auto', 'observe'])(
    'of an action give way to what a person sets after it, in mode %s',
    async (mode) => {
      const world = await makeWorld({ mode, hour: 14 });
      await owners(world, { start: (world.now() + 62) as Minute, minSize: 4, recurrence: '2 15 * * *' });
      await world.live(70);
      setSizes(world, { min: 9, max: 40 });
      await world.live(3 * 60);
      expect(await homeOf(world)).toBe(9);
      expect(holds(world)).toHaveLength(1);
    },
  );

  it('set to nothing by hand put the group to sleep for good: no step of ours wakes it', async () => {
    const world = await makeWorld({ hour: 9 });
    await world.live(60);
    setSizes(world, { min: 0, max: 0, desired: 0 });
    await world.live(3 * DAY);
    expect(world.group()).toMatchObject({ size: { min: 0, max: 0 }, desired: 0 });
  });

  it('of another controller are not run over by our home step', async () => {
    const world = await makeWorld();
    await world.live(5 * 60);
    world.change({ operator: 'eks.amazonaws.com', size: { min: 25, max: 40 } });
    await world.live(31 * 60);
    expect(world.minSize()).toBe(25);
    expect(await world.steps()).toEqual([]);
  });

  it.each<[string, Omit<ScheduledAction, 'name' | 'start'>, number]>([
    ['a lower MaxSize', { maxSize: 6 }, 2],
    ['a lower MaxSize and desired capacity', { maxSize: 6, desired: 6 }, 2],
    ['sleep', { maxSize: 0, desired: 0 }, 0],
    ['sleep by desired capacity alone', { desired: 0 }, 0],
  ])('in an action never meet a floor of ours above them: %s', async (_, sizes, min) => {
    const world = await makeWorld({ hour: 9, group: { size: { min, max: 40 } } });
    const at = (world.now() + 120) as Minute;
    await owners(world, { start: at, ...sizes });
    await world.live(118);
    const allowed = Math.min(sizes.maxSize ?? 40, sizes.desired ?? 40);
    expect(world.minSize()).toBeGreaterThan(allowed);
    await world.live(1);
    expect(world.minSize()).toBeLessThanOrEqual(allowed);
  });
});
