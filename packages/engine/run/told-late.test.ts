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
