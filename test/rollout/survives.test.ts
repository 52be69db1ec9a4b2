import { describe, expect, it } from 'vitest';
import { isTidy, makeScene, NEW, OLD, type RolloutScene, reasonOf, untilEnded } from './scene.ts';

const DAY = 1440;

const MOMENTS = ['while the canary stands', 'when the rest follows', 'while it bakes'] as const;

async function untilMoment(scene: RolloutScene, moment: (typeof MOMENTS)[number]): Promise<void> {
  const isThere = {
    'while the canary stands': () => scene.mixed() > 0,
    'when the rest follows': () => scene.mixed() > 4,
    'while it bakes': () => scene.refresh()?.status === 'baking',
  }[moment];
  for (let i = 0; i < DAY && !isThere(); i++) await scene.live(1);
  expect(isThere()).toBe(true);
}

describe('a rollout survives', () => {
  it('the same event twice changes nothing: one refresh, each entry once', async () => {
    const scene = await makeScene();
    await scene.begin();
    await scene.begin(undefined, new Map(), 'two');
    await scene.live(60);
    await scene.begin(undefined, new Map(), 'three');
    expect(scene.ends).toEqual(['not-begun', 'not-begun']);
    await scene.live(DAY);
    expect(scene.region.ports.refreshes.all()).toHaveLength(1);
    expect(scene.entries('shape-started')).toHaveLength(1);
    expect(await scene.types()).toEqual([NEW]);
  });

  it.each(MOMENTS)(
    'a human cancelling the refresh %s: it is told, and nothing is done over it',
    async (moment) => {
      const scene = await makeScene();
      await scene.begin();
      await untilMoment(scene, moment);
      await scene.region.ports.refreshes.cancel(scene.ref, { decisionId: 'alice' });
      await untilEnded(scene);
      expect(scene.ends).toEqual(['left']);
      expect(reasonOf(scene)).toBe('cancelled');
      expect(scene.region.ports.refreshes.all()).toHaveLength(1);
      expect(await isTidy(scene)).toBe(true);
    },
  );

  it.each(MOMENTS.slice(0, 2))(
    'capacity running out %s: AWS goes back after an hour, and the reason is told',
    async (moment) => {
      const scene = await makeScene();
      await scene.begin();
      await untilMoment(scene, moment);
      scene.region.soldOut.add(NEW);
      await untilEnded(scene, 2 * DAY);
      expect(scene.ends).toEqual(['rolled-back']);
      expect(reasonOf(scene)).toBe('capacity');
      expect(await scene.types()).toEqual([OLD]);
      expect(await isTidy(scene)).toBe(true);
    },
  );

  it.each(MOMENTS)('an alarm %s: AWS goes back, and the guards are gone afterwards', async (moment) => {
    const scene = await makeScene();
    await scene.begin();
    await untilMoment(scene, moment);
    scene.region.ports.guardAlarms.set('evenkeel-guard-web-target-5xx', 'alarm');
    await untilEnded(scene);
    expect(scene.ends).toEqual(['rolled-back']);
    expect(reasonOf(scene)).toBe('alarm');
    expect(await scene.types()).toEqual([OLD]);
    expect(await isTidy(scene)).toBe(true);
  });

  it.each(MOMENTS)(
    'a deployment that starts %s: the group goes back and the deployment has it',
    async (moment) => {
      const scene = await makeScene();
      await scene.begin();
      await untilMoment(scene, moment);
      const deployment = { kind: 'stack', name: 'web', status: 'UPDATE_IN_PROGRESS' } as const;
      scene.region.ports.activity.deploy(scene.ref, deployment);
      await untilEnded(scene);
      expect(reasonOf(scene)).toBe('deploy');
      expect(await scene.types()).toEqual([OLD]);
      expect(await isTidy(scene)).toBe(true);
    },
  );

  it.each(MOMENTS)('a pause %s: it takes the rollout back', async (moment) => {
    const scene = await makeScene();
    await scene.begin();
    await untilMoment(scene, moment);
    const { ports } = scene.region;
    const since = scene.region.now();
    await ports.holds.place({ kind: 'paused', scope: { kind: 'everything' }, since, by: 'alice' });
    await untilEnded(scene);
    expect(reasonOf(scene)).toBe('answer');
    expect(await scene.types()).toEqual([OLD]);
  });
});

describe('S18: approval', () => {
  const asked = () => makeScene({ tags: { 'evenkeel:mode': 'approve' } });
  const answer = (scene: RolloutScene, given: 'approved' | 'rejected') =>
    scene.region.ports.approvals.answer(scene.plan.id, {
      answer: given,
      by: 'slack:U1',
      at: scene.region.now(),
    });

  it('is asked for, and one that comes in time starts the change; a second one does nothing', async () => {
    const scene = await asked();
    await scene.begin();
    await scene.live(30);
    expect(scene.entries('shape-proposed')[0]?.id).toBe(scene.plan.id);
    expect(scene.refresh()).toBeUndefined();
    expect(await answer(scene, 'approved')).toBe('taken');
    expect(await answer(scene, 'rejected')).toBe('already-answered');
    await untilEnded(scene);
    expect(await scene.types()).toEqual([NEW]);
    expect(scene.entries('shape-started')[0]?.decision).toMatchObject({ approvedBy: 'slack:U1' });
  });

  it('that comes too late does nothing: nothing was written', async () => {
    const scene = await asked();
    await scene.begin();
    await scene.live(3 * DAY + 10);
    expect(scene.ends).toEqual(['not-begun']);
    expect(await answer(scene, 'approved')).toBe('expired');
    await scene.live(60);
    expect(scene.refresh()).toBeUndefined();
    expect(scene.excuses()).toEqual(['approval-missing']);
  });

  it('that is a no ends it', async () => {
    const scene = await asked();
    await scene.begin();
    await answer(scene, 'rejected');
    await scene.live(10);
    expect(scene.ends).toEqual(['not-begun']);
  });

  it('lapses where the group is another one by then', async () => {
    const scene = await asked();
    await scene.begin();
    scene.region.ports.shapeFacts.set(scene.ref, { template: 'lt-web:2' });
    await answer(scene, 'approved');
    await scene.live(10);
    expect(scene.excuses()).toEqual(['approval-lapsed']);
    expect(scene.refresh()).toBeUndefined();
    expect(await isTidy(scene)).toBe(true);
  });

  it('what came in between makes the second preflight refuse, in the very step that starts', async () => {
    const scene = await makeScene();
    await scene.begin();
    scene.region.ports.activity.deploy(scene.ref, {
      kind: 'stack',
      name: 'web',
      status: 'UPDATE_IN_PROGRESS',
    });
    await scene.live(30);
    expect(scene.excuses()).toEqual(['refresh-under-way']);
    expect(scene.refresh()).toBeUndefined();
    expect(await isTidy(scene)).toBe(true);
  });

  it('lapses where a new template version comes while the start is made ready: it would be launched unseen', async () => {
    const scene = await makeScene();
    await scene.begin();
    await scene.live(5);
    expect(scene.region.ports.guardAlarms.standing()).not.toEqual([]);
    scene.region.ports.shapeFacts.set(scene.ref, { template: 'lt-web:2' });
    await scene.live(30);
    expect(scene.excuses()).toEqual(['approval-lapsed']);
    expect(scene.refresh()).toBeUndefined();
    expect(await isTidy(scene)).toBe(true);
  });

  it.each(['latest', 'default'] as const)('a group on $%s gets a proposal only', async (templateVersion) => {
    const shape = { instanceTypes: [OLD], spotShare: 0, templateVersion };
    const scene = await makeScene({ group: { shape } });
    await scene.begin();
    expect(scene.excuses()).toEqual(['not-reversible']);
    await scene.live(30);
    expect(scene.refresh()).toBeUndefined();
  });
});
