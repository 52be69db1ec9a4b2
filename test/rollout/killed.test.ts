import { describe, expect, it } from 'vitest';
import { isTidy, makeScene, NEW, OLD, type RolloutScene, type SceneOptions } from './scene.ts';

/** Looks and pauses, most of which are the same as those before them. */
const REPEATED = /^(look|pause|settle|ready) (?!(1|2)\b)/;

class Killed extends Error {}

/** So soon after its end a change is verified here. */
const VERIFY_AFTER = 180;
const scenes = (real: number, more: SceneOptions = {}) =>
  makeScene({ real, settings: { verifyAfter: VERIFY_AFTER }, ...more });

/**
 * Names of the steps of an undisturbed rollout, each with the moment before and after its end is recorded. Of those that repeat themselves the
 * ones count in which something was decided, or that follow on such a one.
 */
async function momentsOf(real: number): Promise<readonly string[]> {
  const scene = await scenes(real);
  const moments: string[] = [];
  let before = '';
  let eventful = 0;
  await scene.begin((name) => {
    const state = `${scene.region.ports.ledger.all().length} ${scene.refresh()?.status}`;
    eventful = state === before ? eventful - 1 : 2;
    before = state;
    if (!REPEATED.test(name) || eventful > 0) moments.push(name);
  });
  await scene.live(1100 + VERIFY_AFTER);
  expect(scene.ends).toEqual([real > 1 ? 'finished' : 'rolled-back']);
  return moments.filter((name, i) => moments.indexOf(name) === i);
}

function killAt(moment: string): (name: string) => void {
  let killed = false;
  return (name) => {
    if (killed || name !== moment) return;
    killed = true;
    throw new Killed(name);
  };
}

const WAYS = ['shape-finished', 'shape-rolled-back', 'not-begun'];

/** One end in the ledger, no more, and the group wholly in the shape the ledger says. */
async function expectWhole(scene: RolloutScene, moment: string): Promise<void> {
  const { ports } = scene.region;
  const told = ports.ledger.all().filter(({ id }) => id.startsWith('rollout/'));
  const ids = told.map(({ id }) => id);
  expect(new Set(ids).size, moment).toBe(ids.length);
  const ends = WAYS.filter((way) => ids.some((id) => id.endsWith(`/${way}`)));
  const began = scene.refresh() !== undefined;
  const types = (await scene.types())[0];
  const mix = scene.region.group(scene.ref).mix;
  expect(mix?.next, moment).toBeUndefined();
  expect(mix?.renewed ?? 0, moment).toBe(0);
  expect([OLD, NEW], moment).toContain(types);
  if (began) expect(ends, moment).toEqual([types === NEW ? 'shape-finished' : 'shape-rolled-back']);
  expect(ports.guardAlarms.standing(), moment).toEqual([]);
  expect(await ports.holds.inForce({ workload: 'shop', at: scene.region.now() }), moment).toEqual([]);
  const account = await ports.documents.read<{ underWay: unknown[] }>('rollout-accounts', scene.ref.account);
  expect(account?.value.underWay ?? [], moment).toEqual([]);
}

/** Dies at a moment, at a second one after it was started again where there is one, and is started again then. */
async function diesAndGoesOn(real: number, moment: string, second?: string): Promise<RolloutScene> {
  const scene = await scenes(real);
  await scene.begin(killAt(moment));
  await untilKilled(scene, 1);
  if (second !== undefined) {
    await scene.live(4);
    await scene.begin(killAt(second));
    await untilKilled(scene, 2);
  }
  await scene.live(7);
  await scene.begin();
  for (let i = 0; i < 1400 && scene.ends.length === 0; i += 20) await scene.live(20);
  return scene;
}

async function untilKilled(scene: RolloutScene, times: number): Promise<void> {
  for (let i = 0; i < 1400 && scene.failures.length < times; i += 5) await scene.live(5);
  expect(scene.failures.every((failure) => failure instanceof Killed)).toBe(true);
  expect(scene.failures).toHaveLength(times);
}

describe.each([
  ['a good canary', 1.1, NEW],
  ['a bad canary', 0.85, OLD],
] as const)('S19: killed after every single step, with %s,', (_, real, end) => {
  const told = real > 1 ? ['shape-finished', 'shape-verified'] : ['shape-rolled-back'];

  it('and started again, it ends as if nothing had happened', async () => {
    const moments = await momentsOf(real);
    expect(moments).toContain(real > 1 ? 'verify 1, unrecorded' : 'conclude');
    for (const moment of moments) {
      const scene = await diesAndGoesOn(real, moment);
      expect(await scene.types(), moment).toEqual([end]);
      for (const kind of told) expect(scene.entries(kind), moment).toHaveLength(1);
      await expectWhole(scene, moment);
    }
  }, 60_000);

  it('and killed again in the next one, it ends so all the same', async () => {
    const moments = await momentsOf(real);
    for (const [i, second] of moments.entries()) {
      const moment = moments[i - 1];
      // Every second pair: each step is the first or the second of one.
      if (moment === undefined || i % 2 !== 1) continue;
      const scene = await diesAndGoesOn(real, moment, second);
      expect(await scene.types(), `${moment}, then ${second}`).toEqual([end]);
      await expectWhole(scene, `${moment}, then ${second}`);
    }
  }, 60_000);

  it('and never started again, the group is in the old or the new state within delay and rollback time, and the ledger is complete', async () => {
    for (const moment of await momentsOf(real)) {
      const scene = await scenes(real);
      await scene.begin(killAt(moment));
      await untilKilled(scene, 1);
      const delay = scene.refresh()?.preferences.checkpointDelay ?? 60;
      for (let i = 0; i < delay + 420; i += 30) {
        await scene.live(30);
        await scene.settle();
      }
      await expectWhole(scene, moment);
    }
  }, 60_000);
});

describe('S18, S19: killed while it asks', () => {
  const asking = () => scenes(1.1, { tags: { 'evenkeel:mode': 'approve' } });
  const approve = ({ region, plan }: RolloutScene) =>
    region.ports.approvals.answer(plan.id, { answer: 'approved', by: 'slack:U1', at: region.now() });
  const MOMENTS = ['preflight', 'approval (until)', 'approval (ask)'].flatMap((name) => [
    `${name}, unrecorded`,
    name,
  ]);

  it.each(MOMENTS)('in %s: asked once, and an answer given while it was dead counts', async (moment) => {
    const scene = await asking();
    await scene.begin(killAt(moment));
    await untilKilled(scene, 1);
    const asked = moment.startsWith('approval (ask)');
    if (asked) expect(await approve(scene)).toBe('taken');
    await scene.live(30);
    expect(scene.refresh()).toBeUndefined();
    expect(await isTidy(scene)).toBe(true);
    await scene.begin();
    if (!asked) expect(await approve(scene)).toBe('taken');
    for (let i = 0; i < 1100 && scene.entries('shape-finished').length === 0; i += 20) await scene.live(20);
    expect(await scene.types()).toEqual([NEW]);
    expect(scene.entries('shape-proposed')).toHaveLength(1);
    expect(scene.entries('shape-started')[0]?.decision).toMatchObject({ approvedBy: 'slack:U1' });
  });

  it.each(['answer, unrecorded', 'answer'])('in %s, after the yes: it goes on with it', async (moment) => {
    const scene = await asking();
    await scene.begin(killAt(moment));
    expect(await approve(scene)).toBe('taken');
    await untilKilled(scene, 1);
    await scene.begin();
    await scene.live(60);
    expect(scene.refresh()).toBeDefined();
    expect(scene.entries('shape-started')).toHaveLength(1);
  });

  it('and never started again: nothing was written, and the answer does nothing', async () => {
    const scene = await asking();
    await scene.begin(killAt('approval (ask)'));
    await approve(scene);
    for (let i = 0; i < 8; i++) {
      await scene.live(60);
      await scene.settle();
    }
    expect(scene.refresh()).toBeUndefined();
    expect(await isTidy(scene)).toBe(true);
    expect(await scene.types()).toEqual([OLD]);
  });
});

describe('S19: killed while it takes everything back because it could not begin', () => {
  it.each(['not-begun, unrecorded', 'not-begun'])(
    'in %s: nothing stays, and it is told once',
    async (moment) => {
      const scene = await scenes(1.1);
      scene.region.ports.guardAlarms.set('evenkeel-guard-web-unhealthy-hosts', 'insufficient-data');
      await scene.begin(killAt(moment));
      await untilKilled(scene, 1);
      await scene.begin();
      await scene.live(10);
      expect(scene.ends).toEqual(['not-begun']);
      expect(scene.excuses()).toEqual(['guard-not-ok']);
      expect(await isTidy(scene)).toBe(true);
      expect(scene.refresh()).toBeUndefined();
    },
  );
});
