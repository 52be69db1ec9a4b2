import type { LedgerEntry } from '@evenkeel/core/explain';
import { startOf } from '@evenkeel/core/quantities';
import { createPacedSteps, requestsOf, rolloutOfProposal } from '@evenkeel/engine/rollout';
import { describe, expect, it } from 'vitest';
import { makeScene, NEW, OLD, type RolloutScene, untilEnded } from './scene.ts';

const DAY = 1440;

const verifiedIn = (scene: RolloutScene) => {
  const decision = scene.entries('shape-verified')[0]?.decision;
  return decision?.kind === 'shape-verified' ? decision : undefined;
};
const wayBackIn = (scene: RolloutScene) =>
  scene.region.ports.ledger
    .all()
    .find(({ decision }) => decision?.kind === 'shape-proposed' && decision.wayBackOf);

/** Lives until the change has finished. */
async function untilFinished(scene: RolloutScene): Promise<void> {
  for (let i = 0; i < 2 * DAY && scene.entries('shape-finished').length === 0; i += 5) await scene.live(5);
}

/** Mean instances in service of the last day. */
const lastDay = ({ region, ref }: RolloutScene): number => {
  const counts = region.history(ref).inService.subarray(-DAY);
  return counts.reduce((sum, count) => sum + count, 0) / DAY;
};

/** Starts a proposal as any starter does, says yes to it and lives until it has ended. */
async function approve(scene: RolloutScene, proposal: LedgerEntry): Promise<readonly string[]> {
  const { ports } = scene.region;
  const [request] = requestsOf([proposal]);
  const now = () => startOf(scene.region.now());
  const paced = createPacedSteps(now);
  const ends: string[] = [];
  const deps = { ports, now, settings: scene.settings, execution: 'back', steps: paced.steps(new Map()) };
  await paced.begin(async () => {
    ends.push(await rolloutOfProposal(request!, deps));
  });
  await ports.approvals.answer(request!.id, { answer: 'approved', by: 'slack:U1', at: scene.region.now() });
  for (let i = 0; i < 2 * DAY && ends.length === 0; i++) {
    await scene.live(1);
    await paced.pump();
  }
  expect(paced.failures).toEqual([]);
  return ends;
}

describe('a day after the change', () => {
  it('what is told as saved is what the same group would have cost in its old shape on the same days', async () => {
    const scene = await makeScene();
    await scene.begin();
    await untilFinished(scene);
    await scene.live(DAY + 5);
    const stayed = await makeScene();
    await stayed.live(scene.region.now() - stayed.region.now());
    const saved = (lastDay(stayed) * 0.096 - lastDay(scene) * 0.077) * 720;
    const { measured, kept, replayError, dollarsPerMonth } = verifiedIn(scene)!;
    expect(measured / saved).toBeGreaterThan(0.95);
    expect(measured / saved).toBeLessThan(1.05);
    expect(kept).toBe(true);
    expect(Math.abs(replayError!)).toBeLessThan(0.03);
    expect(dollarsPerMonth!.before - dollarsPerMonth!.after).toBeCloseTo(measured, 6);
    expect(wayBackIn(scene)).toBeUndefined();
  });

  it('a day whose replay does not match is not judged; the next one is (S9)', async () => {
    const scene = await makeScene();
    await scene.begin();
    await untilFinished(scene);
    await scene.live(DAY - 60);
    // A day at 50 % is not replayed at 30 %.
    scene.region.owner.retarget(scene.ref, 30);
    await scene.live(70);
    expect(verifiedIn(scene)).toBeUndefined();
    await scene.live(DAY);
    expect(verifiedIn(scene)?.kept).toBe(true);
    expect(scene.ends).toEqual(['finished']);
  });

  it('where the days before contradict the canary, other days are waited for, then believed: the way back is proposed and, approved, carried out', async () => {
    const scene = await makeScene({ history: 10 });
    await scene.begin();
    await untilFinished(scene);
    // The canary was measured on a good hour: from the end on an instance does less than it did then.
    const { mix } = scene.region.group(scene.ref);
    mix!.saved = { ...mix!.saved, capacity: 0.8 };
    await scene.live(2 * DAY + 30);
    expect(verifiedIn(scene)).toBeUndefined();
    await scene.live(DAY);
    const { kept, measured, promised } = verifiedIn(scene)!;
    expect(kept).toBe(false);
    expect(measured).toBeLessThan(0.5 * promised);
    const proposal = wayBackIn(scene)!;
    expect(proposal.decision).toMatchObject({ asks: true, from: { types: [NEW] }, to: { types: [OLD] } });
    expect(proposal.outcome).toEqual({ kind: 'told', because: 'asks' });
    expect(await approve(scene, proposal)).toEqual(['finished']);
    expect(await scene.types()).toEqual([OLD]);
    // The owner's own number, and a way back is not verified in turn.
    expect((await scene.region.ports.records.load(scene.ref))?.home.minSize).toBe(4);
    expect(scene.entries('shape-verified')).toHaveLength(1);
  });

  it('without enough days to compare with, the canary is believed', async () => {
    const scene = await makeScene();
    await scene.begin();
    await untilEnded(scene, 1);
    await untilFinished(scene);
    const { mix } = scene.region.group(scene.ref);
    mix!.saved = { ...mix!.saved, capacity: 0.8 };
    await scene.live(DAY + 30);
    expect(verifiedIn(scene)?.kept).toBe(true);
  });
});
