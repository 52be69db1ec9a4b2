import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { plainGroup } from '../memory/index.ts';
import { PortError } from '../ports/index.ts';
import { jumpyDemand, MIDNIGHT, makeWorld, officeDemand } from '../testing/world.ts';
import { tick, tickAll } from './tick.ts';

describe('a tick', () => {
  it('turns demand and profile into floors that stand in the group, and says why', async () => {
    const world = await makeWorld();
    await world.tick();
    const steps = await world.steps();
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.length).toBeLessThanOrEqual(48);
    expect(steps.at(-1)).toMatchObject({ name: HOME_STEP_NAME, minSize: 2 });
    const [floors] = world.decisions('floors');
    expect(floors).toMatchObject({
      workload: 'shop',
      group: 'web',
      decision: { kind: 'floors', floorBefore: 2, put: steps.length },
      outcome: { kind: 'applied' },
    });
    world.pass(1);
    expect(world.minSize()).toBe((floors!.decision as { floorNow: number }).floorNow);
  });

  it('run twice at the same minute writes once and records once', async () => {
    const world = await makeWorld();
    await world.tick();
    const [steps, entries] = [await world.steps(), world.ports.ledger.all()];
    const again = await world.tick();
    expect(again.entries).toEqual([]);
    expect(await world.steps()).toEqual(steps);
    expect(world.ports.ledger.all()).toEqual(entries);
  });

  it('run twice after its record was lost writes nothing twice either', async () => {
    const world = await makeWorld();
    await world.tick();
    const [steps, ids] = [await world.steps(), world.ports.ledger.all().map((entry) => entry.id)];
    world.ports.records.clear();
    await world.tick();
    expect(await world.steps()).toEqual(steps);
    expect(world.ports.ledger.all().map((entry) => entry.id)).toEqual(ids);
  });

  it('follows demand through a day and comes back to the home minimum at night', async () => {
    const world = await makeWorld();
    await world.live(6 * 60);
    const noon = world.minSize();
    expect(noon).toBeGreaterThanOrEqual(Math.ceil(12 / 0.7) - 2);
    await world.live(11 * 60);
    expect(world.minSize()).toBeLessThan(noon / 2);
  });

  it('starts steps at least 60 s ahead when it runs within a minute', async () => {
    const world = await makeWorld();
    await tickAll(world.ports, (startOf(world.now()) + 20_000) as never);
    expect((await world.steps())[0]?.in).toBe(2);
  });
});

describe('S1: what each mode may write', () => {
  it.each(['observe', 'recommend'])('%s writes nothing', async (mode) => {
    const world = await makeWorld({ mode });
    await world.live(60);
    expect(await world.steps()).toEqual([]);
    expect(world.minSize()).toBe(2);
    expect(world.excuses()).toContain('mode-does-not-allow');
    const told = world.decisions('floors');
    expect(told.map((entry) => entry.outcome?.kind)).toEqual(mode === 'observe' ? [] : ['told']);
  });

  it.each(['approve', 'auto'])('%s writes floors', async (mode) => {
    const world = await makeWorld({ mode });
    await world.live(10);
    expect((await world.steps()).length).toBeGreaterThan(3);
  });

  it('a mode that allows less takes back what an earlier one wrote, home step aside', async () => {
    const world = await makeWorld();
    await world.live(10);
    const floor = world.minSize();
    world.tag({ 'evenkeel:mode': 'observe' });
    await world.live(5);
    expect((await world.steps()).map((step) => step.name)).toEqual([HOME_STEP_NAME]);
    expect(world.minSize()).toBe(floor);
    expect(world.decisions('give-back')).toHaveLength(1);
  });

  it('a tag beats a button, a button beats the default', async () => {
    const world = await makeWorld({ mode: 'observe' });
    await world.ports.settings.save('shop', { mode: 'auto', expected: [] });
    await world.tick();
    expect(await world.steps()).toEqual([]);
    world.tag({});
    world.pass(5);
    await world.tick();
    expect((await world.steps()).length).toBeGreaterThan(3);
  });
});

describe('S2, S3: home', () => {
  it("S2: a floor is never read back as the owner's bound", async () => {
    const world = await makeWorld();
    await world.live(5 * 60);
    expect(world.minSize()).toBeGreaterThan(10);
    expect((await world.ports.records.load(world.ref))?.home.minSize).toBe(2);
  });

  it('S3: home is what the home step says when the record was lost while a floor stood', async () => {
    const world = await makeWorld();
    await world.live(5 * 60);
    world.ports.records.clear();
    await world.live(5);
    expect((await world.ports.records.load(world.ref))?.home.minSize).toBe(2);
  });

  it('S3: the home step always stands 24 to 30 h ahead', async () => {
    const world = await makeWorld();
    for (let i = 0; i < 20; i++) {
      await world.live(65);
      const home = (await world.steps()).find((step) => step.name === HOME_STEP_NAME)!;
      expect(home.in).toBeGreaterThanOrEqual(24 * 60);
      expect(home.in).toBeLessThanOrEqual(30 * 60);
    }
  });
});

describe('S6: data that cannot be trusted', () => {
  it('nothing is lowered while metrics cannot be read, and everything goes on after', async () => {
    const world = await makeWorld({ hour: 15 });
    await world.live(10);
    const before = world.minSize();
    world.ports.faults.faults = {
      call: (operation) => (operation === 'demand' ? new PortError('throttled', 'Rate exceeded') : undefined),
    };
    await world.live(90);
    expect(world.minSize()).toBeGreaterThanOrEqual(before);
    expect(world.excuses()).toContain('missing-metrics');
    world.ports.faults.faults = {};
    await world.live(90);
    expect(world.minSize()).toBeLessThan(before);
  });

  it.each([
    ['gaps', () => Number.NaN],
    ['negative values', () => -5],
    ['infinite values', () => Number.POSITIVE_INFINITY],
  ])('%s lower nothing, and the ledger has a clear entry', async (_, bad) => {
    const world = await makeWorld({ hour: 15 });
    await world.live(10);
    const before = world.minSize();
    const start = (world.now() - 1440) as Minute;
    const values = Float64Array.from({ length: 3 * 1440 }, () => bad());
    world.ports.metrics.set(world.ref, { demand: { start, values } });
    await world.live(90);
    expect(world.minSize()).toBeGreaterThanOrEqual(before);
    expect(world.excuses().length).toBeGreaterThan(0);
  });
});

describe('S6: demand that leaves its band downwards', () => {
  // From 14:00 on a seventh of the usual demand, well below half of the lowest of that hour; no guard signal says why.
  const sagging = (at: number) => officeDemand(at) * (at >= MIDNIGHT + 14 * 60 ? 0.15 : 1);

  it('lowers nothing, with both numbers in the excuse, until demand is back', async () => {
    const world = await makeWorld({ hour: 14, demand: sagging });
    await world.live(20);
    const before = world.minSize();
    expect(before).toBeGreaterThan(4);
    await world.live(90);
    expect(world.minSize()).toBeGreaterThanOrEqual(before);
    expect(world.excuses()).toContain('anomaly');
  });
});

describe('what goes wrong on the way', () => {
  it('S4: a half-failed batch is retried, and what still fails is named and put right by the next tick', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    let broken = 3;
    world.ports.faults.faults = {
      item: (operation, _ref, name) =>
        operation === 'put' && name !== HOME_STEP_NAME && broken-- > 0
          ? { code: 'ResourceContention', message: 'a pending update' }
          : undefined,
    };
    await world.tick();
    const [first] = world.decisions('floors');
    expect(first?.outcome).toEqual({ kind: 'applied' });
    broken = Number.POSITIVE_INFINITY;
    await world.live(30);
    expect(world.decisions('floors').at(-1)?.outcome).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/^evenkeel-\S+: a pending update$/),
    });
    expect(world.excuses()).toContain('write-refused');
    world.ports.faults.faults = {};
    await world.live(30);
    expect(world.decisions('floors').at(-1)?.outcome?.kind).toBe('applied');
  });

  it('throttling at every call leaves the plan that stands, and a clear entry', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    await world.live(10);
    const steps = (await world.steps()).map((step) => step.name);
    world.ports.faults.faults = {
      call: (operation) =>
        ['put', 'remove', 'list'].includes(operation)
          ? new PortError('throttled', 'Rate exceeded')
          : undefined,
    };
    await world.live(60);
    world.ports.faults.faults = {};
    expect((await world.steps()).map((step) => step.name)).toEqual(
      steps.slice(-(await world.steps()).length),
    );
    const failed = world.decisions('floors').filter((entry) => entry.outcome?.kind === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]?.outcome).toEqual({ kind: 'failed', message: 'Rate exceeded' });
  });

  it("one group's failure never touches another", async () => {
    const world = await makeWorld();
    const other = plainGroup('api', { size: { min: 2, max: 40 }, tags: { 'evenkeel:workload': 'api' } });
    world.ports.groups.set(other);
    world.ports.faults.faults = {
      call: (operation, ref) =>
        operation === 'load-record' && ref?.name === 'api' ? new Error('the table is down') : undefined,
    };
    const { failures, entries } = await world.tick();
    expect(failures).toEqual([{ ref: other.ref, message: 'the table is down' }]);
    expect(entries.some((entry) => entry.group === 'web' && entry.decision?.kind === 'floors')).toBe(true);
    expect(entries.some((entry) => entry.group === 'api' && entry.excuses[0]?.code === 'write-refused')).toBe(
      true,
    );
  });

  it('a group deleted between read and write is an entry, and forgotten when it is read again', async () => {
    const world = await makeWorld({ demand: jumpyDemand });
    await world.live(10);
    world.pass(180);
    const snapshot = world.group();
    world.ports.groups.delete(world.ref);
    const ports = { ...world.ports, groups: { ...world.ports.groups, list: async () => [snapshot] } };
    const { failures } = await tickAll(ports, startOf(world.now()));
    expect(failures).toEqual([]);
    expect(world.decisions('floors').at(-1)?.outcome?.kind).toBe('failed');
    expect(await tick(world.ports, world.ref, startOf(world.now()))).toEqual({ entries: [] });
    expect(await world.ports.records.load(world.ref)).toBeUndefined();
  });

  it('a wrong tag leaves the group alone and is told once', async () => {
    const world = await makeWorld({ tags: { 'evenkeel:tier': 'gold' } });
    await world.live(60);
    expect(await world.steps()).toEqual([]);
    const entries = world.ports.ledger.all();
    expect(entries).toHaveLength(1);
    expect(entries[0]?.excuses[0]).toMatchObject({ code: 'wrong-tag', bottleneck: 'evenkeel:tier' });
    world.tag({ 'evenkeel:tier': '1', 'evenkeel:mode': 'auto' });
    await world.live(5);
    expect((await world.steps()).length).toBeGreaterThan(3);
  });

  it('S15: a group of another controller is not touched', async () => {
    const world = await makeWorld({ tags: { 'eks:cluster-name': 'prod' } });
    await world.live(30);
    expect(await world.steps()).toEqual([]);
    expect(world.excuses()).toEqual(['not-ours']);
  });

  it('S26: a tick that changes nothing lists no scheduled actions but once an hour', async () => {
    const world = await makeWorld({ demand: () => 1.2, hour: 10 });
    await world.live(30);
    let listed = 0;
    world.ports.faults.faults = {
      call: (operation) => {
        if (operation === 'list') listed += 1;
        return undefined;
      },
    };
    const written = world.decisions('floors').length;
    await world.live(120);
    expect(world.decisions('floors').length).toBe(written);
    expect(listed).toBeLessThanOrEqual(2);
  });
});
