import { startOf } from '@evenkeel/core/quantities';
import { expect, it } from 'vitest';
import { makeWorld } from '../testing/world.ts';
import { react } from './react.ts';

it('the owner’s target that somebody wants back is given by whoever works on the group; twice is once', async () => {
  const world = await makeWorld();
  await world.tick();
  const owner = world.target();
  const record = (await world.ports.records.load(world.ref))!;
  const [policy] = world.group().policies;
  world.change({ policies: [{ ...(policy as object), target: owner + 5 } as never] });
  await world.ports.records.save(world.ref, { ...record, target: owner + 5, wantedTarget: owner + 5 });
  const wish = () =>
    react(
      {
        kind: 'target-wanted-back',
        id: 'wish',
        at: world.now(),
        place: { account: world.ref.account, region: world.ref.region },
        group: world.ref,
        by: 'slack:UCAROL',
      },
      { ports: world.ports, now: startOf(world.now()) },
    );
  await wish();
  expect(world.target()).toBe(owner);
  await wish();
  expect(world.decisions('give-back').map(({ decision }) => decision)).toEqual([
    { kind: 'give-back', reason: 'wanted-back' },
  ]);
  // It is left alone from then on.
  await world.live(30);
  expect(world.target()).toBe(owner);
});
