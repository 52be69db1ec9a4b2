import { notOurs } from '@evenkeel/core/guard';
import { parsePolicy, type WorkloadPolicy } from '@evenkeel/core/workload';
import { tellAdoption } from '../run/adoption.ts';
import { excuse, type Run } from '../run/run.ts';
import { findHold, noteHold } from './holds.ts';
import { isSizeExplained, lookForOtherHands } from './other-hands.ts';
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
  if (!parsed.ok) {
    // Left alone: what stands runs on to its end at home, nothing is added or lowered.
    for (const wrong of parsed.excuses) excuse(run, wrong);
    return undefined;
  }
  const { policy } = parsed;
  if (policy.mode === 'off') {
    await takeBack(run, { reason: 'mode-off', home: 'now' });
    return undefined;
  }
  tellAdoption(run, policy);
  const foreign = notOurs(group);
  if (foreign) {
    excuse(run, foreign);
    // A MinSize that none of our steps made is the other owner's: no home step may run over it.
    await takeBack(run, { reason: 'not-ours', home: isSizeExplained(run) ? 'stays' : 'goes' });
    return undefined;
  }
  if (await standsBack(run)) return undefined;
  await lookForOtherHands(run, policy);
  if (isRivalled(run)) return undefined;
  // A change nobody explains yet: wait for the trail with hands off.
  if (run.record.unexplainedSince !== undefined) return undefined;
  const hold = await findHold(run, policy);
  noteHold(run, hold);
  // Too many resets (S13) only take the writing away: the group goes on as in mode recommend.
  if (hold && hold.kind !== 'resets') {
    await takeBack(run, { reason: hold.kind, home: 'secured' });
    return undefined;
  }
  return hold && policy.mode !== 'observe' ? { ...policy, mode: 'recommend' } : policy;
}
