import type { Minute } from '@evenkeel/core/quantities';
import type { AccountRollouts } from '@evenkeel/core/rollout';
import { groupKey } from '@evenkeel/engine/ports';
import { runningRollouts } from '@evenkeel/engine/rollout';
import { daily, weekly } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import { makeScene, type RolloutScene, START } from './scene.ts';

const DAY = 1440;

/** A scene in whose account another rollout has its place, from wherever it runs: another shard, another region. */
async function behindAnother(endedWell: number): Promise<RolloutScene> {
  const scene = await makeScene();
  await occupy(scene, { underWay: [{ id: 'other', vcpus: 8 }], endedWell }, 0);
  return scene;
}

async function occupy({ region, ref }: RolloutScene, places: AccountRollouts, expected: number) {
  await region.ports.documents.write('rollout-accounts', ref.account, places, { expected });
}

describe('S24: the account-wide brake', () => {
  it('one that finds the place taken waits for its turn, says so once, and begins when the other has ended', async () => {
    const scene = await behindAnother(3);
    await scene.begin();
    await scene.live(200);
    expect(scene.excuses()).toEqual(['rollout-under-way']);
    expect((await scene.settle()).settled).toEqual([]);
    await occupy(scene, { underWay: [], endedWell: 4 }, 1);
    await scene.live(60);
    expect(scene.entries('shape-started')).toHaveLength(1);
  });

  it('where no turn comes within a day and a half nothing is begun, and nothing is left behind', async () => {
    const scene = await behindAnother(3);
    await scene.begin();
    await scene.live(1.5 * DAY + 60);
    expect(scene.ends).toEqual(['not-begun']);
    const { ports } = scene.region;
    expect(ports.refreshes.all()).toEqual([]);
    expect(await runningRollouts(ports.documents)).toEqual([]);
    const places = await ports.documents.read<AccountRollouts>('rollout-accounts', scene.ref.account);
    expect(places?.value.underWay.map(({ id }) => id)).toEqual(['other']);
    const at = scene.region.now();
    expect(await ports.holds.inForce({ workload: 'shop', group: groupKey(scene.ref), at })).toEqual([]);
  });

  it.each([
    ['enough', 10_000, 1],
    ['too few', 1_000, 0],
  ])(
    'after ten that ended well two go on side by side where the region has vCPUs: %s',
    async (_, used, started) => {
      const scene = await behindAnother(10);
      scene.region.ports.shapeFacts.set(scene.ref, { vcpuQuota: { used, allowed: 100_000 } });
      await scene.begin();
      await scene.live(60);
      expect(scene.entries('shape-started')).toHaveLength(started);
    },
  );
});

describe("the owner's window", () => {
  // The scene begins on a Sunday at 00:05 UTC.
  const HOURS = 9 * 60 - 5;

  it('is waited for: nothing is written before it opens, that it waits is told once, and then it begins', async () => {
    const scene = await makeScene({ tags: { 'evenkeel:window': '09:00-17:00' } });
    await scene.begin();
    await scene.live(HOURS - 5);
    expect(scene.excuses()).toEqual(['rollout-outside-window']);
    expect(scene.ends).toEqual([]);
    expect(scene.refresh()).toBeUndefined();
    const { ports } = scene.region;
    const at = scene.region.now();
    expect(await ports.holds.inForce({ workload: 'shop', group: groupKey(scene.ref), at })).toEqual([]);
    expect((await scene.settle()).settled).toEqual([]);
    await scene.live(60);
    expect(scene.entries('shape-started')).toHaveLength(1);
    expect(scene.refresh()).toBeDefined();
  });

  it('does not keep people from being asked; their answer waits for it', async () => {
    const tags = { 'evenkeel:window': '09:00-17:00', 'evenkeel:mode': 'approve' };
    const scene = await makeScene({ tags });
    await scene.begin();
    const { approvals } = scene.region.ports;
    const said = { answer: 'approved', by: 'slack:U1', at: scene.region.now() } as const;
    expect(await approvals.answer(scene.plan.id, said)).toBe('taken');
    await scene.live(HOURS - 5);
    expect(scene.refresh()).toBeUndefined();
    await scene.live(60);
    expect(scene.entries('shape-started')).toHaveLength(1);
  });

  it('S19: that closes while another rollout has the place does not make the backstop take it for dead', async () => {
    const scene = await makeScene({ tags: { 'evenkeel:window': '00:00-01:00' } });
    await occupy(scene, { underWay: [{ id: 'other', vcpus: 8 }], endedWell: 3 }, 0);
    await scene.begin();
    await scene.live(120);
    expect(scene.excuses()).toEqual(['rollout-under-way']);
    await occupy(scene, { underWay: [], endedWell: 4 }, 1);
    expect((await scene.settle()).settled).toEqual([]);
    await scene.live(1440 - 120 + 20);
    expect(scene.entries('shape-started')).toHaveLength(1);
    const running = await runningRollouts(scene.region.ports.documents);
    expect(running.map(({ plan }) => plan.id)).toEqual([scene.plan.id]);
  });

  it('of which none comes within eight days is waited for no longer', async () => {
    const scene = await makeScene({ tags: { 'evenkeel:window': 'tue 00:00-00:01' } });
    await scene.begin();
    await scene.live(2 * 1440 - 4);
    await occupy(scene, { underWay: [{ id: 'other', vcpus: 8 }], endedWell: 3 }, 0);
    await scene.live(60);
    expect(scene.ends).toEqual(['not-begun']);
    expect(scene.refresh()).toBeUndefined();
  });

  it.each([
    ['as it is every week', 1, []],
    ['and more than it ever was', 1.3, ['approval-lapsed']],
  ] as const)('S18: opens on another day of the week, %s', async (_, more, lapsed) => {
    // Begins on a Monday at midnight: the day before was a Sunday, of half the load.
    const wave = daily({ low: 8, high: 12, peakHour: 14 });
    const proposed = START + 10 * 1440;
    const week = weekly([1, 1, 1, 1, 1, 0.5, 0.5]);
    const demand = (at: Minute) => wave(at) * week(at) * (at < proposed ? 1 : more);
    const scene = await makeScene({
      history: 10,
      tags: { 'evenkeel:window': 'tue 09:00-17:00' },
      group: { demand },
    });
    await scene.begin();
    await scene.live(1440 + HOURS + 10);
    expect(scene.excuses().filter((code) => code === 'approval-lapsed')).toEqual(lapsed);
  });

  it('S18: what changed until it opened is seen then', async () => {
    const scene = await makeScene({ tags: { 'evenkeel:window': '09:00-17:00' } });
    await scene.begin();
    scene.region.ports.shapeFacts.set(scene.ref, { template: 'lt-web:2' });
    await scene.live(HOURS + 10);
    expect(scene.ends).toEqual(['not-begun']);
    expect(scene.excuses()).toEqual(['rollout-outside-window', 'approval-lapsed']);
    expect(scene.refresh()).toBeUndefined();
  });
});
