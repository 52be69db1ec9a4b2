import { startOf } from '@evenkeel/core/quantities';
import { type Documents, PortError, type RolloutPorts, type RolloutRequest } from '@evenkeel/engine/ports';
import { createLocalRollouts, settleRollouts } from '@evenkeel/engine/rollout';
import { describe, expect, it } from 'vitest';
import { makeScene, NEW, OLD, type RolloutScene } from './scene.ts';

function requestOf({ plan, ref }: RolloutScene): RolloutRequest {
  const { id, workload, from, to, expected, basis, vcpus, usdPerInstanceHour, promisedFactor } = plan;
  const { size, demand } = basis;
  const terms = { vcpus, usdPerInstanceHour, size, demand };
  const proposal = {
    kind: 'shape-proposed',
    from,
    to,
    expected,
    terms,
    performanceFactor: promisedFactor,
    priceFactor: 0.8,
    asks: false,
  } as const;
  return { id, at: basis.at, workload, ref, proposal };
}

/** Rollouts of one process, with what it says of failures. */
function localOn(scene: RolloutScene, changes: Partial<RolloutPorts> = {}) {
  const failures: string[] = [];
  const rollouts = createLocalRollouts({
    ports: { ...scene.region.ports, ...changes },
    now: () => startOf(scene.region.now()),
    settings: scene.settings,
    failed: (_, error) => void failures.push((error as Error).message),
  });
  return { ...rollouts, failures };
}

/** Lives on minute by minute; every five, what failed is taken up again. */
async function live(scene: RolloutScene, minutes: number, rollouts: ReturnType<typeof localOn>) {
  for (let i = 0; i < minutes; i++) {
    await scene.live(1);
    await rollouts.pump();
    if (i % 5 === 0) await rollouts.resume();
  }
}

const DAY = 1440;

describe('rollouts in a process of their own', () => {
  it('S28: the same request twice is one rollout, which ends in the new shape and leaves no journal', async () => {
    const scene = await makeScene();
    const rollouts = localOn(scene);
    const request = requestOf(scene);
    expect([await rollouts.start(request), await rollouts.start(request)]).toEqual([
      'started',
      'already-started',
    ]);
    await live(scene, 3 * DAY, rollouts);
    expect(rollouts.running()).toBe(0);
    expect(await scene.types()).toEqual([NEW]);
    expect(scene.entries('shape-started')).toHaveLength(1);
    expect(await scene.region.ports.documents.list(`rollout-steps ${request.id}`, 10)).toEqual([]);
  });

  it('S19: dies after each step before that is recorded: each is done twice, and the ledger tells it once', async () => {
    const scene = await makeScene();
    const { documents } = scene.region.ports;
    const lost = new Set<string>();
    const losing: Documents = {
      ...documents,
      async write(collection, key, value, how) {
        const isStep = collection.startsWith('rollout-steps') && !key.endsWith('(until)');
        if (isStep && !lost.has(key)) {
          lost.add(key);
          throw new Error('the process died');
        }
        return documents.write(collection, key, value, how);
      },
    };
    const rollouts = localOn(scene, { documents: losing });
    await rollouts.start(requestOf(scene));
    await live(scene, 4 * DAY, rollouts);
    expect(rollouts.failures.length).toBe(lost.size);
    expect(lost.size).toBeGreaterThan(20);
    expect(await scene.types()).toEqual([NEW]);
    for (const kind of ['shape-started', 'canary-verdict', 'shape-finished', 'shape-verified']) {
      expect(scene.entries(kind)).toHaveLength(1);
    }
    expect(scene.region.ports.refreshes.all()).toHaveLength(1);
  });

  it('two processes on one store do not carry one rollout out side by side', async () => {
    const scene = await makeScene();
    const [one, other] = [localOn(scene), localOn(scene)];
    await one.start(requestOf(scene));
    await other.resume();
    await scene.live(40);
    await one.pump();
    await other.pump();
    expect(other.failures.concat(one.failures).join()).toMatch(
      /another process carries the rollout .* as well/,
    );
    expect(scene.region.ports.refreshes.all().length).toBeLessThanOrEqual(1);
  });
});

describe('a proposal that cannot be carried out', () => {
  it('in an account that does not let rollouts in: is told once with the permission that is missing, and nothing is touched', async () => {
    const scene = await makeScene();
    const { groups } = scene.region.ports;
    const message = 'AWS denies sts:AssumeRole: the permission sts:AssumeRole is missing';
    const read = () => Promise.reject(new PortError('denied', message));
    const rollouts = localOn(scene, { groups: { ...groups, read } });
    await rollouts.start(requestOf(scene));
    expect([rollouts.running(), rollouts.failures]).toEqual([0, []]);
    const [told] = scene.region.ports.ledger.all().filter(({ id }) => id.endsWith('/not-begun'));
    expect(told?.excuses).toEqual([{ code: 'write-refused', bottleneck: 'denied', facts: { message } }]);
    expect(scene.region.ports.refreshes.all()).toEqual([]);
  });

  it('S18: whoever answers after that is told that nothing waits for it any more', async () => {
    const scene = await makeScene({ tags: { 'evenkeel:mode': 'approve' } });
    const { holds, approvals } = scene.region.ports;
    const at = scene.region.now();
    await holds.place({
      kind: 'paused',
      scope: { kind: 'workload', workload: 'shop' },
      since: at,
      by: 'bob',
    });
    await localOn(scene).start(requestOf(scene));
    expect(scene.excuses()).toEqual(['hold-in-force']);
    const answer = { answer: 'approved', by: 'alice', at } as const;
    expect(await approvals.answer(scene.plan.id, answer)).toBe('already-answered');
  });

  it('of a group that is gone: the preflight says so', async () => {
    const scene = await makeScene();
    const { groups } = scene.region.ports;
    const rollouts = localOn(scene, { groups: { ...groups, read: async () => undefined } });
    await rollouts.start(requestOf(scene));
    expect(scene.excuses()).toEqual(['group-gone']);
  });
});

describe('S19: the backstop', () => {
  async function abandoned() {
    const scene = await makeScene({ real: 0.8 });
    const rollouts = localOn(scene);
    await rollouts.start(requestOf(scene));
    await live(scene, 60, rollouts);
    expect(scene.refresh()?.status).toBe('in-progress');
    return scene;
  }
  const settle = (scene: RolloutScene, options: Parameters<typeof settleRollouts>[2] = {}, changes = {}) =>
    settleRollouts({ ...scene.region.ports, ...changes }, startOf(scene.region.now()), {
      settings: scene.settings,
      ...options,
    });

  it('leaves a rollout alone whose process was seen lately, and rolls one back that was not', async () => {
    const scene = await abandoned();
    expect((await settle(scene)).settled).toEqual([]);
    await scene.live(50);
    expect((await settle(scene)).settled).toEqual([scene.plan.id]);
    await scene.live(180);
    await settle(scene);
    expect(await scene.types()).toEqual([OLD]);
  });

  it('looks only at the place its ports reach, and at no more than it was told', async () => {
    const scene = await abandoned();
    await scene.live(50);
    const { account } = scene.ref;
    expect((await settle(scene, { place: { account, region: 'elsewhere' } })).settled).toEqual([]);
    expect((await settle(scene, { most: 0 })).settled).toEqual([]);
    const { region } = scene.ref;
    expect((await settle(scene, { place: { account, region } })).settled).toEqual([scene.plan.id]);
  });

  it('tells what could not be settled instead of failing for all', async () => {
    const scene = await abandoned();
    await scene.live(50);
    const { refreshes } = scene.region.ports;
    const rollBack = () => Promise.reject(new Error('Rate exceeded'));
    const report = await settle(scene, {}, { refreshes: { ...refreshes, rollBack } });
    expect(report).toEqual({
      settled: [],
      failures: [{ id: scene.plan.id, message: 'Rate exceeded' }],
    });
  });
});
