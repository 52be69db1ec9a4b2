import type { Hold } from '@evenkeel/core/guard';
import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { CPU_POLICY } from '../memory/index.ts';
import { type Actor, type Change, groupKey } from '../ports/index.ts';
import { makeWorld, type World } from '../testing/world.ts';

const DAY = 1440;

function pause(world: World, scope: Hold['scope'] = { kind: 'workload', workload: 'shop' }): Promise<void> {
  return world.ports.holds.place({ kind: 'paused', scope, since: world.now(), by: 'alice' });
}

/** Somebody sets MinSize, and the trail tells who. */
function setMinSize(world: World, min: number, by: Actor, who: string): void {
  world.change({ size: { ...world.group().size, min } });
  trail(world, { by, who, field: 'size', size: { min } });
}

function trail(world: World, change: Omit<Change, 'id' | 'at'>): void {
  const at = world.now();
  world.ports.activity.record(world.ref, { id: `${at}-${change.field}`, at, ...change });
}

const onlyHome = async (world: World) => (await world.steps()).every((step) => step.name === HOME_STEP_NAME);

describe('S11: pause', () => {
  it('takes every pending step away at the next tick, leaves MinSize until its home step, gives the target back', async () => {
    const world = await makeWorld();
    await world.review();
    await world.live(5 * 60);
    expect(world.target()).toBe(55);
    await pause(world);
    await world.live(5);
    expect(await onlyHome(world)).toBe(true);
    // A step that was due before the tick has run; from the tick on none does.
    const floor = world.minSize();
    expect(floor).toBeGreaterThan(10);
    await world.live(60);
    expect(world.minSize()).toBe(floor);
    expect(world.target()).toBe(50);
    expect(await world.ports.targets.lease(world.ref)).toBeUndefined();
    expect(world.decisions('hold')).toHaveLength(1);
    expect(world.decisions('give-back')).toHaveLength(1);
    await world.live(31 * 60);
    expect(world.minSize()).toBe(2);
    expect(await world.steps()).toEqual([]);
    expect(world.decisions('hold')).toHaveLength(1);
  });

  it('resume goes on with the plan at the next tick, and tells so', async () => {
    const world = await makeWorld();
    await world.live(60);
    await pause(world);
    await world.live(60);
    await world.ports.holds.lift({ kind: 'workload', workload: 'shop' }, 'paused');
    await world.live(5);
    expect((await world.steps()).length).toBeGreaterThan(3);
    expect(world.decisions('release').map((entry) => entry.decision)).toMatchObject([
      { hold: 'paused', because: 'lifted', by: 'alice' },
    ]);
  });

  it('what could not be taken away is tried again at the next tick', async () => {
    const world = await makeWorld();
    await world.live(10);
    await pause(world);
    world.ports.faults.faults = {
      item: (operation) =>
        operation === 'remove' ? { code: 'ResourceContention', message: 'busy' } : undefined,
    };
    await world.live(5);
    expect(await onlyHome(world)).toBe(false);
    expect(world.decisions('give-back')[0]?.outcome?.kind).toBe('partly-applied');
    world.ports.faults.faults = {};
    await world.live(5);
    expect(await onlyHome(world)).toBe(true);
  });
});

describe('S30: one switch for everything, one per workload', () => {
  it.each<[string, Hold['scope'], boolean]>([
    ['everything', { kind: 'everything' }, true],
    ['the workload', { kind: 'workload', workload: 'shop' }, true],
    [
      'the group',
      { kind: 'group', group: groupKey({ account: '111122223333', region: 'eu-west-1', name: 'web' }) },
      true,
    ],
    ['another workload', { kind: 'workload', workload: 'api' }, false],
  ])('a pause of %s holds the group: %#', async (_, scope, holds) => {
    const world = await makeWorld();
    await pause(world, scope);
    await world.live(30);
    expect(await onlyHome(world)).toBe(holds);
    expect(world.decisions('hold')).toHaveLength(holds ? 1 : 0);
  });
});

describe("S12: a person's change", () => {
  it('of MinSize holds the group for a day, is told once with who did it, and stays as it was set', async () => {
    const world = await makeWorld();
    await world.live(60);
    const before = world.minSize();
    setMinSize(world, 17, 'person', 'alice');
    await world.live(10);
    expect(world.decisions('hold').map((entry) => entry.decision)).toMatchObject([
      { hold: 'human-override', by: 'alice', change: { field: 'MinSize', before, after: 17 } },
    ]);
    expect(await onlyHome(world)).toBe(true);
    await world.live(DAY - 30);
    expect(world.minSize()).toBe(17);
    expect(world.decisions('hold')).toHaveLength(1);
    await world.live(60);
    expect(world.decisions('release').map((entry) => entry.decision)).toMatchObject([
      { hold: 'human-override', because: 'expired' },
    ]);
    expect(world.minSize()).toBeGreaterThanOrEqual(17);
  });

  it('that one of our steps ran after is put back once', async () => {
    const world = await makeWorld();
    await world.live(60);
    // Between two ticks: a person sets 4, our step of the next minute sets the floor again.
    trail(world, { by: 'person', who: 'alice', field: 'size', size: { min: 4 } });
    await world.live(75);
    expect(world.minSize()).toBe(4);
    expect(world.decisions('hold')).toHaveLength(1);
    await world.live(120);
    expect(world.minSize()).toBe(4);
  });

  it("of the policy holds as well, and the new target is the owner's", async () => {
    const world = await makeWorld();
    await world.live(60);
    world.change({ policies: [{ ...CPU_POLICY, target: 35 }] });
    trail(world, { by: 'person', who: 'bob', field: 'policy' });
    await world.live(5);
    expect(world.decisions('hold')).toHaveLength(1);
    expect((await world.ports.records.load(world.ref))?.home.policy?.target).toBe(35);
    expect(world.target()).toBe(35);
  });

  it('S5: without a trail it is seen all the same, from MinSize alone', async () => {
    const world = await makeWorld();
    world.ports.activity.hasTrail = false;
    await world.live(60);
    world.change({ size: { min: 17, max: 40 } });
    await world.live(5);
    expect(world.decisions('hold').map((entry) => entry.decision)).toMatchObject([
      { hold: 'human-override' },
    ]);
  });

  it('that a late trail does not explain yet is waited for with hands off', async () => {
    const world = await makeWorld({ hour: 1 });
    await world.live(60);
    world.change({ size: { min: 17, max: 40 } });
    await world.live(10);
    expect(world.excuses()).toEqual(['unexplained-change']);
    expect(world.decisions('hold')).toEqual([]);
    trail(world, { by: 'infrastructure-code', who: 'Terraform', field: 'size', size: { min: 17 } });
    await world.live(5);
    expect(world.decisions('hold')).toEqual([]);
    expect((await world.ports.records.load(world.ref))?.home.minSize).toBe(17);
  });

  it("S5: a step that runs up to two minutes late is nobody's change", async () => {
    const world = await makeWorld();
    await world.tick();
    // The provider is late: at the next tick the step of a minute ago has not run.
    const inner = { ...world.ports.scheduledActions };
    world.ports.scheduledActions.takeDue = () => [];
    world.pass(5);
    Object.assign(world.ports.scheduledActions, inner);
    const late = (await world.ports.records.load(world.ref))!.written.filter(
      (step) => step.start <= world.now(),
    );
    expect(late.length).toBeGreaterThan(0);
    await world.tick();
    expect(world.decisions('hold')).toEqual([]);
  });
});

describe('S13: infrastructure code', () => {
  it('that writes home back is a reset: the due floor is put again, told with its count', async () => {
    const world = await makeWorld();
    await world.live(4 * 60);
    const floor = world.minSize();
    setMinSize(world, 2, 'infrastructure-code', 'Terraform');
    await world.live(6);
    expect(world.minSize()).toBeGreaterThanOrEqual(floor);
    expect(world.decisions('reset').map((entry) => entry.decision)).toMatchObject([
      { by: 'Terraform', field: 'MinSize', wrote: 2, timesThisWeek: 1 },
    ]);
    expect(world.decisions('hold')).toEqual([]);
  });

  it('with another value is the new home', async () => {
    const world = await makeWorld();
    await world.live(60);
    setMinSize(world, 6, 'infrastructure-code', 'CloudFormation');
    await world.live(5);
    expect((await world.ports.records.load(world.ref))?.home.minSize).toBe(6);
    expect((await world.steps()).at(-1)).toMatchObject({ name: HOME_STEP_NAME, minSize: 6 });
    expect(world.decisions('adoption')).toHaveLength(2);
  });

  it('that does so three times in a week brings the group to recommend', async () => {
    const world = await makeWorld();
    for (let i = 0; i < 3; i++) {
      await world.live(3 * 60);
      setMinSize(world, 2, 'infrastructure-code', 'Terraform');
      await world.live(5);
    }
    expect(world.decisions('reset')).toHaveLength(3);
    await world.live(10);
    expect(await onlyHome(world)).toBe(true);
    expect(world.decisions('hold').map((entry) => entry.decision)).toMatchObject([{ hold: 'resets' }]);
    expect(world.excuses()).toContain('mode-does-not-allow');
  });

  it('without a trail, home written back counts as a reset', async () => {
    const world = await makeWorld();
    world.ports.activity.hasTrail = false;
    await world.live(4 * 60);
    world.change({ size: { min: 2, max: 40 } });
    await world.live(5);
    expect(world.decisions('reset')).toHaveLength(1);
  });
});

describe('S14: deployments', () => {
  it.each<[string, (world: World) => void, (world: World) => void]>([
    [
      'a stack update',
      (world) =>
        world.ports.activity.deploy(world.ref, { kind: 'stack', name: 'shop', status: 'UPDATE_IN_PROGRESS' }),
      (world) => world.ports.activity.deploy(world.ref, undefined),
    ],
    [
      'an instance refresh',
      (world) => world.change({ refresh: { id: 'r-1', status: 'InProgress' } }),
      (world) => {
        const { refresh: _, ...group } = world.group();
        world.ports.groups.set(group);
      },
    ],
  ])('%s takes pending steps away; the plan is put back once at the end', async (_, begin, end) => {
    const world = await makeWorld();
    await world.live(60);
    begin(world);
    await world.live(30);
    expect(await onlyHome(world)).toBe(true);
    expect(world.decisions('hold')).toHaveLength(1);
    const before = world.decisions('floors').length;
    end(world);
    await world.live(5);
    expect(await onlyHome(world)).toBe(false);
    expect(world.decisions('floors').length).toBe(before + 1);
    expect(world.decisions('release').map((entry) => entry.decision)).toMatchObject([
      { hold: 'deploy', because: 'ended' },
    ]);
  });

  it('evenkeel:freeze-until holds until its minute', async () => {
    const until = new Date((29_348_640 + 7 * 60) * 60_000).toISOString().slice(0, 16);
    const world = await makeWorld({ tags: { 'evenkeel:freeze-until': `${until}Z` } });
    await world.live(55);
    expect(await world.steps()).toEqual([]);
    await world.live(10);
    expect((await world.steps()).length).toBeGreaterThan(3);
  });
});

describe("S15: the owner's own schedule", () => {
  it("that sets MinSize is the new home from its minute on, and nobody's override", async () => {
    const world = await makeWorld();
    const action = { name: 'office-hours', start: (world.now() + 90) as Minute, minSize: 6 };
    await world.ports.scheduledActions.put(world.ref, [action], { decisionId: 'owner' });
    await world.live(120);
    expect(world.decisions('hold')).toEqual([]);
    expect((await world.ports.records.load(world.ref))?.home.minSize).toBe(6);
    expect((await world.ports.scheduledActions.list(world.ref)).at(-1)?.minSize).toBe(6);
  });
});

describe('S16: opting out', () => {
  it('mode off takes everything back: steps, MinSize, target and lease, and then leaves', async () => {
    const world = await makeWorld();
    await world.review();
    await world.live(5 * 60);
    expect(world.target()).toBe(55);
    world.tag({ 'evenkeel:mode': 'off' });
    await world.live(10);
    expect(world.minSize()).toBe(2);
    expect(world.target()).toBe(50);
    expect(await world.steps()).toEqual([]);
    expect(await world.ports.targets.lease(world.ref)).toBeUndefined();
    const entries = world.ports.ledger.all().length;
    await world.live(120);
    expect(world.ports.ledger.all().length).toBe(entries);
    world.tag({ 'evenkeel:mode': 'auto' });
    await world.live(5);
    expect((await world.steps()).length).toBeGreaterThan(3);
  });
});

describe('S27: every write', () => {
  it('carries the id of a decision that stands in the ledger', async () => {
    const world = await makeWorld();
    const ids = new Set<string>();
    const inner = { ...world.ports.scheduledActions };
    world.ports.scheduledActions.put = (ref, actions, context) => {
      ids.add(context.decisionId);
      return inner.put(ref, actions, context);
    };
    world.ports.scheduledActions.remove = (ref, names, context) => {
      ids.add(context.decisionId);
      return inner.remove(ref, names, context);
    };
    await world.live(60);
    await pause(world);
    await world.live(10);
    const known = new Set(world.ports.ledger.all().map((entry) => entry.id));
    expect(ids.size).toBeGreaterThan(1);
    for (const id of ids) expect(known).toContain(id);
  });
});
