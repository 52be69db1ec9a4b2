import { minute } from '@evenkeel/core/quantities';
import { messagesOf } from '@evenkeel/slack/messages';
import type { TwinFlaw } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import {
  makeScene,
  NEW,
  OLD,
  type RolloutScene,
  type SceneOptions,
  untilEnded,
  untilRefresh,
} from './scene.ts';

/** Everything that can be measured of an instance is; the new type keeps its promise of work. */
function measured(flaw: TwinFlaw, more: SceneOptions['group'] = {}) {
  const uses = { memoryPercent: { idle: 30, busy: 50 } };
  return makeScene({
    group: { requestMetrics: true, uses, flaws: { [NEW]: flaw }, size: { min: 4, max: 80 }, ...more },
  });
}

const verdictIn = (scene: RolloutScene) => {
  const decision = scene.entries('canary-verdict')[0]?.decision;
  if (decision?.kind !== 'canary-verdict') throw new Error('no verdict');
  return decision;
};
const ratiosIn = async ({ region }: RolloutScene) =>
  (await region.ports.documents.read<readonly { type: string; ratio: number }[]>('type-ratios', 'shop'))
    ?.value ?? [];
const backIn = (scene: RolloutScene) => {
  const decision = scene.entries('shape-rolled-back')[0]?.decision;
  if (decision?.kind !== 'shape-rolled-back') throw new Error('not rolled back');
  return decision;
};

describe('a canary on the twin', () => {
  it.each([
    ['latency', { latency: 1.7 }, 1.7, 'the canary answers slower'],
    ['errors', { errors: 0.05 }, 0.05, 'more requests fail on the canary'],
    ['memory', { leakPerHour: 0.15 }, undefined, 'the canary runs out of memory'],
    ['health', { failedChecks: 0.3 }, 1, 'the canary is not healthy'],
  ] as const)(
    'goes back by its %s alone, and says which and by how much',
    async (dimension, flaw, figure, said) => {
      const scene = await measured(flaw);
      await scene.begin();
      await untilEnded(scene);
      expect(await scene.types()).toEqual([OLD]);
      expect(verdictIn(scene)).toMatchObject({ verdict: 'worse', decidedBy: dimension, next: 'roll-back' });
      const finding = verdictIn(scene).findings!.find((each) => each.dimension === dimension)!;
      if (figure !== undefined) expect(finding.measured! / figure).toBeCloseTo(1, 0.5);
      expect(backIn(scene)).toMatchObject({ reason: 'canary-worse', broke: { value: finding.measured } });
      const told = messagesOf(scene.region.ports.ledger.all()).find(({ kind }) => kind === 'canary-verdict');
      expect(told?.text).toContain(said);
    },
  );

  it('of which everything is measured and nothing is wrong passes, with every figure in the ledger', async () => {
    const scene = await measured({});
    await scene.begin();
    await untilEnded(scene);
    expect(await scene.types()).toEqual([NEW]);
    expect(verdictIn(scene)).toMatchObject({ verdict: 'same', decidedBy: 'work', next: 'finish' });
    const outcomes = verdictIn(scene).findings!.map(({ dimension, outcome }) => `${dimension} ${outcome}`);
    expect(outcomes).toEqual(['health fine', 'errors fine', 'latency fine', 'memory fine', 'work fine']);
    expect(verdictIn(scene).canaryInstances).toBeGreaterThanOrEqual(2);
    expect(verdictIn(scene).groupInstances).toBeGreaterThan(15);
  });

  it('of a stand-in is judged as what stands there, and its speed is not taken for that of the type that was wanted', async () => {
    const standIn = 'm6gd.large';
    const scene = await makeScene({ plan: { to: { types: [NEW, standIn], count: 18 } } });
    const { instanceMetrics } = scene.region.ports;
    const read = instanceMetrics.read.bind(instanceMetrics);
    instanceMetrics.read = async (...range) => {
      const reading = await read(...range);
      const renamed = reading.instances.map((each) =>
        each.type === NEW ? { ...each, type: standIn } : each,
      );
      return { ...reading, instances: renamed };
    };
    await scene.begin();
    await untilEnded(scene);
    expect(verdictIn(scene)).toMatchObject({ verdict: 'same', measuredOn: [standIn] });
    expect(await ratiosIn(scene)).toEqual([]);
  });

  it('that is of the wanted type alone is remembered for it', async () => {
    const scene = await makeScene();
    await scene.begin();
    await untilEnded(scene);
    expect(verdictIn(scene).measuredOn).toBeUndefined();
    const [kept] = await ratiosIn(scene);
    expect(kept).toMatchObject({ type: NEW, against: OLD, ratio: expect.closeTo(1.1, 1) });
  });

  it('whose requests all fail is taken back by the guard once the rest has followed, were it let through', async () => {
    // No request metrics per instance: only the balancer sees it, and on a tenth of the group it is under the guard's limit.
    const scene = await measured({ errors: 0.05 }, { requestMetrics: false });
    await scene.begin();
    await untilEnded(scene);
    expect(verdictIn(scene).verdict).toBe('same');
    expect(backIn(scene).reason).toBe('alarm');
    expect(await scene.types()).toEqual([OLD]);
  });
});

describe('what stands at a checkpoint', () => {
  /** From half an hour after the start on demand rises to `times` of itself within 40 minutes, and nobody said so. */
  async function grow(scene: RolloutScene, times: number): Promise<void> {
    await untilRefresh(scene);
    await scene.live(30);
    expect(scene.mixed()).toBe(2);
    const { demand, start } = scene.region.group(scene.ref);
    const from = scene.region.now() - start;
    for (let t = from; t < demand.length; t++) demand[t]! *= 1 + Math.min(1, (t - from) / 40) * (times - 1);
  }

  it('grows with the group: a canary that has doubled is looked at without waiting for its time', async () => {
    const verdictAfter = async (times: number) => {
      const scene = await makeScene({ real: 0.85 });
      // Without a forecast it stands six hours, and the first look is due after an hour and a half.
      const { profiles } = scene.region.ports;
      const profile = await profiles.load('shop');
      await profiles.save('shop', { ...profile!, dayAhead: [] });
      await scene.begin();
      await grow(scene, times);
      await untilEnded(scene);
      expect(await scene.types()).toEqual([OLD]);
      return verdictIn(scene);
    };
    const usual = await verdictAfter(1);
    expect(usual).toMatchObject({ verdict: 'worse', canaryInstances: 2 });
    expect(usual.measuredFor).toBeGreaterThanOrEqual(90);
    const grown = await verdictAfter(1.5);
    expect(grown.verdict).toBe('worse');
    expect(grown.canaryInstances).toBeGreaterThanOrEqual(4);
    expect(grown.canaryInstances).toBeLessThan(grown.groupInstances! / 2);
    expect(grown.measuredFor).toBeLessThan(60);
  });

  it('is no canary any more where it is most of the group before anybody could say anything of it', async () => {
    const scene = await makeScene();
    const balancing = { algorithm: 'other', slowStart: false } as const;
    scene.region.ports.shapeFacts.set(scene.ref, { balancing });
    await scene.begin();
    await grow(scene, 3);
    await untilEnded(scene);
    expect(backIn(scene).reason).toBe('canary-too-large');
    expect(await scene.types()).toEqual([OLD]);
    expect(scene.mixed()).toBe(0);
  });

  const half = {
    real: 0.5,
    promised: 1,
    plan: { vcpus: { old: 4, fresh: 2 }, usdPerInstanceHour: { old: 0.192, fresh: 0.077 } },
  };
  const announce = async (scene: RolloutScene, factor: number) => {
    const { settings } = scene.region.ports;
    const from = scene.region.now();
    const until = minute(from + 600);
    const event = { name: 'sale', from, until, factor };
    await settings.save('shop', { ...(await settings.load('shop')), expected: [event] });
  };

  it('S21: shares are judged by the peak as it is expected now: the floor rises while the smaller canary stands', async () => {
    const scene = await makeScene({ ...half, group: { size: { min: 10, max: 160 } } });
    await scene.begin();
    await untilRefresh(scene);
    await scene.live(30);
    const before = scene.region.group(scene.ref).size.min;
    await announce(scene, 1.5);
    await scene.live(30);
    expect(scene.region.group(scene.ref).size.min).toBeGreaterThanOrEqual(Math.floor(1.4 * before));
  });

  it('S21: where no floor within MaxSize keeps the smaller type within the SLO, the group goes back', async () => {
    const scene = await makeScene({ ...half, group: { size: { min: 10, max: 120 } } });
    await scene.begin();
    await untilRefresh(scene);
    await scene.live(30);
    await announce(scene, 6);
    await untilEnded(scene);
    expect(backIn(scene).reason).toBe('uneven-share');
    expect(await scene.types()).toEqual([OLD]);
  });
});
