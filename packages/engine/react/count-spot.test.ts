import { type Minute, startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { createMemoryPorts, plainGroup } from '../memory/index.ts';
import type { GroupRef } from '../ports/index.ts';
import { react } from './react.ts';

const NOW = 29_742_240 as Minute;

/** A group of so many instances, so much of it on Spot; instances are called by their group's name and a number. */
function createPlace(
  desired = 20,
  spotShare = 0.5,
  tags: Record<string, string> = { 'evenkeel:workload': 'feeds' },
) {
  let at = NOW;
  const ports = createMemoryPorts({ now: () => at });
  const shape = { instanceTypes: ['c7g.large'], spotShare, templateVersion: 'number' as const };
  ports.groups.set(plainGroup('feeds', { desired, inService: desired, shape, tags }));
  ports.groups.set(plainGroup('other', { desired, inService: desired, shape }));
  const { account, region } = plainGroup('feeds').ref;
  let asked = 0;
  const groupOfInstance = async (instance: string): Promise<GroupRef | undefined> => {
    asked += 1;
    const [, name] = instance.split('-');
    return name === 'none' ? undefined : { account, region, name: name! };
  };
  return {
    ports,
    asked: () => asked,
    pass: (minutes: number) => {
      at = (at + minutes) as Minute;
    },
    take: (instance: string, fields: object = {}) =>
      react(
        {
          kind: 'spot-interruption',
          id: `notice-${instance}`,
          at,
          place: { account, region },
          instance,
          ...fields,
        },
        { ports: { ...ports, groupOfInstance }, now: startOf(at) },
      ),
    told: () => ports.ledger.all().map(({ decision }) => decision),
  };
}

describe('S29: Spot instances that are taken back', () => {
  it('are counted, and told once more than a fifth of a group’s went within an hour', async () => {
    const place = createPlace();
    await place.take('i-feeds-1');
    await place.take('i-feeds-2');
    expect(place.told()).toEqual([]);
    await place.take('i-feeds-3');
    expect(place.told()).toMatchObject([
      { kind: 'spot-thrashing', taken: 3, of: 10, withinMinutes: 60, limit: 0.2, types: ['c7g.large'] },
    ]);
    for (const each of [4, 5, 6]) await place.take(`i-feeds-${each}`);
    expect(place.told()).toHaveLength(1);
    expect(place.ports.notices.published).toHaveLength(1);
  });

  it('twice, or in whatever order, are one each', async () => {
    const place = createPlace();
    for (const instance of ['i-feeds-2', 'i-feeds-1', 'i-feeds-2', 'i-feeds-1', 'i-feeds-2'])
      await place.take(instance);
    expect(place.told()).toEqual([]);
    expect(place.asked()).toBe(2);
  });

  it.each([
    ['a fifth of many', () => createPlace(100, 0.2), ['i-feeds-1', 'i-feeds-2', 'i-feeds-3', 'i-feeds-4']],
    ['of two groups', () => createPlace(), ['i-feeds-1', 'i-feeds-2', 'i-other-1', 'i-other-2']],
    ['of nobody’s group', () => createPlace(), ['i-none-1', 'i-none-2', 'i-none-3', 'i-none-4']],
    [
      'of a group without the tag',
      () => createPlace(20, 0.5, {}),
      ['i-feeds-1', 'i-feeds-2', 'i-feeds-3', 'i-feeds-4'],
    ],
  ])('%s are not told', async (_, make, instances) => {
    const place = make();
    for (const instance of instances) await place.take(instance);
    expect(place.told()).toEqual([]);
  });

  it('spread over hours, recommended only, or told of long after, are not told', async () => {
    const place = createPlace();
    for (const instance of ['i-feeds-1', 'i-feeds-2', 'i-feeds-3', 'i-feeds-4']) {
      await place.take(instance);
      place.pass(40);
    }
    for (const each of [5, 6, 7]) await place.take(`i-feeds-${each}`, { kind: 'spot-rebalance' });
    for (const each of [8, 9, 10]) await place.take(`i-feeds-${each}`, { at: NOW });
    expect(place.told()).toEqual([]);
  });

  it('are told again on another day', async () => {
    const place = createPlace();
    for (const each of [1, 2, 3]) await place.take(`i-feeds-${each}`);
    place.pass(1440);
    for (const each of [4, 5, 6]) await place.take(`i-feeds-${each}`);
    expect(place.told()).toHaveLength(2);
  });

  it('are left alone where nobody can say whose they are', async () => {
    const { ports } = createPlace();
    const { account, region } = plainGroup('feeds').ref;
    for (const instance of ['i-1', 'i-2', 'i-3']) {
      await react(
        { kind: 'spot-interruption', id: instance, at: NOW, place: { account, region }, instance },
        { ports, now: startOf(NOW) },
      );
    }
    expect(ports.ledger.all()).toEqual([]);
  });
});
