import type { BoostEndedDecision } from '@evenkeel/core/explain';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import type { ExpectedEvent } from '../ports/index.ts';
import { react } from '../react/react.ts';
import { makeWorld, type World } from '../testing/world.ts';

/** Two is asked for all the time: what floors hold beyond the plan is what was asked for. */
const steady = () => 4;

async function expecting(world: World, ...expected: readonly ExpectedEvent[]): Promise<void> {
  await world.ports.settings.save('shop', { ...(await world.ports.settings.load('shop')), expected });
}

function ends(world: World): readonly BoostEndedDecision[] {
  return world
    .decisions('boost-ended')
    .flatMap(({ decision }) => (decision?.kind === 'boost-ended' ? [decision] : []));
}

describe('the end of what was announced or asked for', () => {
  it('is told once: what it was, what it held, what demand needed of it', async () => {
    const world = await makeWorld({ demand: steady });
    await world.live(30);
    const plan = world.minSize();
    const from = world.now();
    const until = (from + 60) as Minute;
    await expecting(world, { name: 'sale', from, until, factor: 1, add: 6, by: 'alice' });
    await world.live(58);
    expect(world.minSize()).toBe(plan + 6);
    expect(ends(world)).toEqual([]);
    await world.live(30);
    expect(ends(world)).toEqual([
      {
        kind: 'boost-ended',
        name: 'sale',
        from,
        until,
        floorBefore: plan + 6,
        floorNow: plan,
        // 4 units at 70 % are 6 instances; the first tick that knows of it is five minutes in.
        highestNeed: 6,
        extraInstanceHours: 5.5,
        because: 'expired',
      },
    ]);
    expect(world.minSize()).toBe(plan);
  });

  it('by a person is told as that, and what goes on of others is not', async () => {
    const world = await makeWorld({ demand: steady });
    const from = world.now();
    const boost = { name: 'boost by slack:U1', from, until: (from + 120) as Minute, factor: 1, add: 3 };
    const sale = { name: 'sale', from, until: (from + 600) as Minute, factor: 2 };
    await expecting(world, boost, sale);
    await world.live(30);
    await expecting(world, sale);
    await world.live(30);
    expect(ends(world)).toMatchObject([
      { name: 'boost by slack:U1', because: 'ended-by-person', until: from + 35 },
    ]);
  });

  it('of an alarm that goes off again while the boost stands is one end, an hour after the last', async () => {
    const world = await makeWorld({ demand: steady, tags: { 'evenkeel:boost-alarm': 'queue' } });
    const alarm = () =>
      react(
        {
          kind: 'alarm',
          id: `alarm-${world.now()}`,
          at: world.now(),
          place: { account: world.ref.account, region: world.ref.region },
          alarm: 'queue',
          state: 'alarm',
          reading: { value: 150, threshold: 100 },
        },
        { ports: world.ports, now: startOf(world.now()) },
      );
    const from = world.now();
    await alarm();
    await world.live(40);
    await alarm();
    await world.live(90);
    expect(ends(world)).toMatchObject([{ name: 'alarm queue', from, until: from + 100, because: 'expired' }]);
    expect(world.decisions('boost')).toHaveLength(2);
  });

  it('is not told where nothing was written for it, nor after everything was forgotten', async () => {
    const watching = await makeWorld({ demand: steady, mode: 'observe' });
    const sale = (world: World) => ({
      name: 'sale',
      from: world.now(),
      until: (world.now() + 30) as Minute,
      factor: 3,
    });
    await expecting(watching, sale(watching));
    await watching.live(60);
    expect(ends(watching)).toEqual([]);
    const forgetful = await makeWorld({ demand: steady });
    await expecting(forgetful, sale(forgetful));
    await forgetful.live(20);
    forgetful.ports.records.clear();
    await forgetful.live(60);
    expect(ends(forgetful).length).toBeLessThanOrEqual(1);
  });
});
