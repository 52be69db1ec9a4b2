import { describe, expect, it } from 'vitest';
import { makeScene, NEW, OLD, type RolloutScene } from './scene.ts';

/** Looks and pauses that are the same as those before them. */
const REPEATED = /^(look|pause|settle|ready) (?!(1|2|12|13|20)\b)/;

class Killed extends Error {}

/** Names of the steps of an undisturbed rollout, each with the moment before and after its end is recorded. */
async function momentsOf(real: number): Promise<readonly string[]> {
  const scene = await makeScene({ real });
  const moments: string[] = [];
  await scene.begin((name) => moments.push(name));
  await scene.live(1100);
  return moments.filter((name, i) => moments.indexOf(name) === i && !REPEATED.test(name));
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

describe.each([
  ['a good canary', 1.1, NEW],
  ['a bad canary', 0.85, OLD],
] as const)('S19: killed after every single step, with %s,', (_, real, end) => {
  it('and started again, it ends as if nothing had happened', async () => {
    for (const moment of await momentsOf(real)) {
      const scene = await makeScene({ real });
      await scene.begin(killAt(moment));
      for (let i = 0; i < 1100 && scene.failures.length === 0; i += 5) await scene.live(5);
      expect(scene.failures[0], moment).toBeInstanceOf(Killed);
      await scene.live(7);
      await scene.begin();
      for (let i = 0; i < 1100 && scene.ends.length === 0; i += 20) await scene.live(20);
      // A finished one waits a day before it verifies.
      await scene.live(real > 1 ? 60 : 20);
      expect(await scene.types(), moment).toEqual([end]);
      await expectWhole(scene, moment);
    }
  }, 60_000);

  it('and never started again, the group is in the old or the new state within delay and rollback time, and the ledger is complete', async () => {
    for (const moment of await momentsOf(real)) {
      const scene = await makeScene({ real });
      await scene.begin(killAt(moment));
      for (let i = 0; i < 1100 && scene.failures.length === 0; i += 5) await scene.live(5);
      expect(scene.failures[0], moment).toBeInstanceOf(Killed);
      const delay = scene.refresh()?.preferences.checkpointDelay ?? 60;
      for (let i = 0; i < delay + 420; i += 30) {
        await scene.live(30);
        await scene.settle();
      }
      await expectWhole(scene, moment);
    }
  }, 60_000);
});
