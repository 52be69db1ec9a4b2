import type { Instances, Minute, Minutes } from '@evenkeel/core/quantities';
import { type Checkpoint, capacityRatio, mayStand } from '@evenkeel/core/rollout';
import { parsePolicy } from '@evenkeel/core/workload';
import type { Rollout } from './deps.ts';
import type { LeavingReason, Progress } from './follow.ts';
import { putFloor } from './hands.ts';
import { readLoad, shareAtPeak } from './load.ts';

/** New instances and all of them, as they stand. */
export interface Standing {
  readonly canary: Instances;
  readonly group: Instances;
}

const LATELY: Minutes = 10;

export async function readStanding({ ports, ref, plan }: Rollout, at: Minute): Promise<Standing> {
  const { instances } = await ports.instanceMetrics.read(ref, (at - LATELY) as Minute, at);
  const canary = instances.filter(({ type }) => plan.to.types.includes(type)).length;
  return { canary, group: instances.length };
}

/** What follows from the canary that stands there now. */
export interface StandingVerdict {
  readonly leave?: Extract<LeavingReason, 'canary-too-large' | 'uneven-share'>;
  readonly lookNow: boolean;
  readonly doublings: number;
}

/**
 * A checkpoint is a percentage, and whatever the group launches meanwhile is new: what stands is not what was chosen. A canary that has doubled is
 * looked at without waiting for the next look's time; one that is most of the group without a verdict goes back; and shares are judged anew at
 * the peak as it is expected now (S21): the floor rises where that is enough.
 */
export async function judgeStanding(
  rollout: Rollout,
  checkpoint: Checkpoint,
  seen: { readonly standing: Standing; readonly progress: Progress; readonly since: Minute },
): Promise<StandingVerdict> {
  const { standing, progress, since } = seen;
  const { exceeds, doublings } = mayStand(standing, checkpoint.canary);
  const before = progress.doublings ?? 0;
  const spare = progress.looksTaken < checkpoint.looks - 1;
  const lookNow = doublings > before && spare && progress.at - since >= EARLIEST_LOOK;
  if (exceeds) return { leave: 'canary-too-large', lookNow, doublings };
  const shares = await keepShares(rollout, progress);
  return { ...(shares === 'refused' && { leave: 'uneven-share' as const }), lookNow, doublings };
}

/** Before that there are too few intervals for any verdict. */
const EARLIEST_LOOK: Minutes = 30;

/** S21, with the load as it is expected now and the speed as it was last measured; a floor is only ever raised. */
async function keepShares(rollout: Rollout, progress: Progress): Promise<'fits' | 'raised' | 'refused'> {
  const { ports, ref, plan } = rollout;
  const group = await ports.groups.read(ref);
  const parsed = group && parsePolicy(group.tags);
  if (!group || !parsed?.ok) return 'fits';
  const { peak } = await readLoad(rollout, parsed.policy, progress.at);
  const factor = Math.min(plan.promisedFactor, progress.canary?.factor?.estimate ?? plan.promisedFactor);
  const share = shareAtPeak(group, parsed.policy, { peak, ratio: capacityRatio(plan, factor) });
  if (share.kind === 'refused') return 'refused';
  if (share.kind === 'fits' || share.floor <= group.size.min) return 'fits';
  await putFloor(rollout, share.floor);
  return 'raised';
}
