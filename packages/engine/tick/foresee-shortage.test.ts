import type { ComingShortageDecision } from '@evenkeel/core/explain';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import type { Headroom } from '../ports/index.ts';
import { reviewGroup } from '../review/review.ts';
import { DEFAULT_SETTINGS } from '../run/settings.ts';
import { makeWorld, officeDemand, type World } from '../testing/world.ts';

/** Noon needs about 18 instances in these worlds. */
const NOON = Math.ceil(officeDemand(12 * 60) / 0.7);

function foreseen(world: World): readonly ComingShortageDecision[] {
  return world
    .decisions('coming-shortage')
    .flatMap(({ decision }) => (decision?.kind === 'coming-shortage' ? [decision] : []));
}

const VCPUS = {
  quota: 'Running On-Demand Standard instances',
  code: 'L-1216C47A',
  perInstance: 4,
};

/** A night's review that reads this headroom, then a tick in the morning. */
async function reviewed(
  headroom: Headroom | Error,
  options: Parameters<typeof makeWorld>[0] = {},
): Promise<World> {
  const world = await makeWorld({ hour: 1, ...options });
  const ports = {
    ...world.ports,
    headroom: async () => {
      if (headroom instanceof Error) throw headroom;
      return headroom;
    },
  };
  await reviewGroup(ports, world.group(), startOf(world.now()), DEFAULT_SETTINGS);
  world.pass(5);
  await world.tick();
  return world;
}

describe('a shortage of the next day', () => {
  it('at MaxSize is told a day ahead, once for that day, however often the plan is made', async () => {
    const world = await makeWorld({ hour: 1, group: { size: { min: 2, max: 10 } } });
    await world.live(60);
    const [only, ...others] = foreseen(world);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ limit: 'MaxSize', allows: 10 });
    expect(only!.needs).toBeGreaterThan(10);
    expect(only!.setTo).toBe(Math.ceil(only!.needs / 0.8));
    const hour = (only!.at % 1440) / 60;
    expect(hour).toBeGreaterThan(10);
    expect(hour).toBeLessThan(14);
    // The next day is another peak.
    await world.live(1440);
    expect(foreseen(world)).toHaveLength(2);
  });

  it('at the upper end of the tag names the tag', async () => {
    const world = await makeWorld({ hour: 1, tags: { 'evenkeel:bounds': '2-10' } });
    await world.tick();
    expect(foreseen(world)).toMatchObject([{ limit: 'evenkeel:bounds', allows: 10 }]);
  });

  it('of vCPUs: what the account has in use at its peak, and what this group adds to its own', async () => {
    // The group had none in service that is known of: its 4 of now count as its own part of the account's peak.
    const world = await reviewed({ vcpus: { ...VCPUS, allowed: 512, peak: 486 } });
    const desired = world.group().desired;
    const allows = desired + Math.floor((512 - 486) / 4);
    const [only] = foreseen(world);
    expect(only).toMatchObject({
      limit: 'vCPU quota',
      allows,
      quota: { name: VCPUS.quota, code: 'L-1216C47A', allowed: 512 },
    });
    expect(only!.needs).toBeGreaterThan(allows);
    expect(only!.setTo).toBe(Math.ceil((512 + (only!.needs - allows) * 4) / 0.8));
  });

  it('of addresses: the subnets by name, with what is free in each and how many are needed', async () => {
    const free = [
      { id: 'subnet-a', free: 3 },
      { id: 'subnet-b', free: 4 },
    ];
    const world = await reviewed({ subnets: free });
    const allows = world.group().desired + 7;
    const [only] = foreseen(world);
    expect(only).toMatchObject({ limit: 'subnet addresses', allows, subnets: free });
    expect(only!.setTo).toBe(7 + only!.needs - allows);
  });

  it.each([
    ['there is room', { vcpus: { ...VCPUS, allowed: 5000, peak: 486 }, subnets: [{ id: 'a', free: 900 }] }],
    ['nothing is known', {}],
    ['it could not be read', new Error('AccessDenied')],
  ] as const)('is not told where %s', async (_, headroom) => {
    expect(foreseen(await reviewed(headroom as Headroom | Error))).toEqual([]);
  });

  it('is not told by limits of three nights ago', async () => {
    const world = await makeWorld({ hour: 1 });
    await world.tick();
    const record = (await world.ports.records.load(world.ref))!;
    const limits = (readAt: number) => ({
      readAt: readAt as Minute,
      subnets: { allows: 5, free: [{ id: 'subnet-a', free: 1 }] },
    });
    await world.ports.records.save(world.ref, { ...record, limits: limits(world.now() - 3 * 1440) });
    await world.live(10);
    expect(foreseen(world)).toEqual([]);
    const later = (await world.ports.records.load(world.ref))!;
    await world.ports.records.save(world.ref, { ...later, limits: limits(world.now() - 600) });
    await world.live(10);
    expect(foreseen(world)).toMatchObject([{ limit: 'subnet addresses', allows: 5 }]);
    expect(foreseen(world)[0]!.needs).toBeGreaterThanOrEqual(NOON - 2);
  });

  it('is told in a mode that writes nothing, too', async () => {
    const world = await makeWorld({ hour: 1, mode: 'observe', group: { size: { min: 2, max: 10 } } });
    await world.tick();
    expect(foreseen(world)).toMatchObject([{ limit: 'MaxSize' }]);
  });
});
