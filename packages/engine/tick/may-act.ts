import { notOurs } from '@evenkeel/core/guard';
import { MODE_TAG, parsePolicy, type WorkloadPolicy } from '@evenkeel/core/workload';
import { tellAdoption } from '../run/adoption.ts';
import { canScaleIn } from '../run/can-scale-in.ts';
import { excuse, type Run, remember } from '../run/run.ts';
import { findHold, noteHold } from './holds.ts';
import { isSizeExplained, isSizeOurs, lookForOtherHands } from './other-hands.ts';
import { isRivalled, standsBack } from './rival.ts';
import { takeBack } from './take-back.ts';

/**
 * Whether floors may be planned at all: the tags are right, the group is not another's, nothing holds it and its mode is not off.
 * Where they may not be, whatever has to be taken back is; the policy is given where they may.
 */
export async function mayAct(run: Run): Promise<WorkloadPolicy | undefined> {
  const { group, ports } = run;
  const { mode } = await ports.settings.load(run.workload);
  const parsed = parsePolicy(group.tags, mode);
  for (const wrong of parsed.ok ? [] : parsed.excuses) excuse(run, wrong);
  const policy = parsed.ok ? parsed.policy : undefined;
  if ((policy?.mode ?? group.tags[MODE_TAG] ?? mode) === 'off') {
    await goOff(run);
    return undefined;
  }
  if (policy) tellAdoption(run, policy);
  else if (isNothingToFollow(run)) return undefined;
  const foreign = notOurs(group);
  if (foreign) {
    excuse(run, foreign);
    // A MinSize that none of our steps made is the other owner's: no home step may run over it.
    await takeBack(run, { reason: 'not-ours', home: isSizeExplained(run) ? 'stays' : 'goes' });
    return undefined;
  }
  if (await standsBack(run)) return undefined;
  const { home } = run.record;
  await lookForOtherHands(run, policy ?? { mode: 'observe' });
  if (isRivalled(run)) return undefined;
  // A change nobody explains yet: wait for the trail with hands off.
  if (run.record.unexplainedSince !== undefined) return undefined;
  const hold = await findHold(run, policy ?? { workload: run.workload });
  noteHold(run, hold);
  // Too many resets (S13) only take the writing away: the group goes on as in mode recommend.
  if (hold && hold.kind !== 'resets') {
    await takeBack(run, { reason: hold.kind, home: 'secured' });
    return undefined;
  }
  if (policy === undefined) {
    if (home !== run.record.home) await takeBack(run, { reason: 'wrong-tag', home: 'secured' });
    return undefined;
  }
  if (!canScaleIn(run)) {
    await takeBack(run, { reason: 'no-policy', home: 'secured' });
    return undefined;
  }
  return hold && policy.mode !== 'observe' ? { ...policy, mode: 'recommend' } : policy;
}

/** S16: everything of ours goes, MinSize with it, unless that is somebody else's by now; then the group is left. */
async function goOff(run: Run): Promise<void> {
  if (run.record.leftAt !== undefined) return;
  const isOurs = await isSizeOurs(run);
  const left = await takeBack(run, { reason: 'mode-off', home: isOurs ? 'now' : 'goes' });
  if (left) remember(run, { leftAt: run.minute, written: [], held: undefined });
}

/**
 * While tags are wrong the group is left alone: what stands runs on to its end at home, nothing is added or lowered. Holds count, and home
 * is what the owner sets meanwhile; not so where the workload's tag is gone, which is the janitor's (S16). A group whose tags are wrong
 * from the first is adopted when they are right.
 */
function isNothingToFollow(run: Run): boolean {
  const { written, target, leftAt } = run.record;
  const isStranger = run.loaded === undefined && written.length === 0 && target === undefined;
  if (isStranger) remember(run, { leftAt: run.minute });
  return isStranger || leftAt !== undefined || run.workload === '';
}
