import { expect, it } from 'vitest';
import { PortError } from '../ports/index.ts';
import { makeWorld } from '../testing/world.ts';

it('S28: what the bus did not take is told by the next run, once and in order; what is older than a day is not', async () => {
  const world = await makeWorld();
  const { ports } = world;
  const away = {
    call: (what: string) => (what === 'publish' ? new PortError('unavailable', 'away') : undefined),
  };
  ports.faults.faults = away;
  await world.live(30);
  expect(ports.notices.published).toEqual([]);
  const entries = ports.ledger.all().map(({ id }) => id);
  expect(entries.length).toBeGreaterThan(0);
  ports.faults.faults = {};
  await world.live(30);
  const told = ports.notices.published.map(({ id }) => id);
  expect(told).toEqual(ports.ledger.all().map(({ id }) => id));
  expect(new Set(told).size).toBe(told.length);
  ports.faults.faults = away;
  world.tag({ 'evenkeel:mode': 'observe' });
  await world.live(5);
  world.pass(2 * 1440);
  ports.faults.faults = {};
  await world.tick();
  expect(ports.notices.published.some(({ decision }) => decision?.kind === 'give-back')).toBe(false);
});

it('S28: what is too old to be told is looked for once, not at every tick', async () => {
  const world = await makeWorld({ tags: { 'evenkeel:mode': 'observe' } });
  const { ports } = world;
  await world.live(30);
  const record = (await ports.records.load(world.ref))!;
  await ports.records.save(world.ref, { ...record, untold: ['long ago'] });
  const told = ports.notices.published.length;
  let reads = 0;
  ports.faults.faults = {
    call: (what) => {
      if (what === 'recent') reads += 1;
      return undefined;
    },
  };
  await world.live(15);
  expect(ports.notices.published.length).toBe(told);
  expect(reads).toBe(1);
  expect((await ports.records.load(world.ref))?.untold).toBeUndefined();
});

it('S28: while the ledger cannot be read, what is new is told all the same, and what is old later', async () => {
  const world = await makeWorld();
  const { ports } = world;
  const fails = (...calls: readonly string[]) => ({
    call: (what: string) => (calls.includes(what) ? new PortError('unavailable', 'away') : undefined),
  });
  ports.faults.faults = fails('publish');
  await world.live(30);
  const before = ports.ledger.all().map(({ id }) => id);
  ports.faults.faults = fails('recent');
  world.tag({ 'evenkeel:mode': 'observe' });
  expect((await world.tick()).failures).toEqual([]);
  const ids = () => ports.notices.published.map(({ id }) => id);
  expect(ids().length).toBeGreaterThan(0);
  expect(ids().some((id) => before.includes(id))).toBe(false);
  ports.faults.faults = {};
  await world.live(5);
  expect(ids()).toEqual(expect.arrayContaining(before));
  expect(new Set(ids()).size).toBe(ids().length);
});
