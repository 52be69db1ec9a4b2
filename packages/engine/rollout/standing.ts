import type { Instances, Minute, Minutes } from '@evenkeel/core/quantities';
import { type Checkpoint, capacityRatio, convertInstances, mayStand } from '@evenkeel/core/rollout';
import { parsePolicy } from '@evenkeel/core/workload';
import { minuteNow, type Rollout } from './deps.ts';
import type { LeavingReason, Progress } from './follow.ts';
import { putFloor } from './hands.ts';
import { readLoad, shareAtPeak } from './load.ts';

/** New instances and all of them, as they stand. */
export interface Standing {
  readonly canary: Instances;
  readonly group: Instances;
}

export async function readStanding({ ports, ref, plan }: Rollout, at: Minute): Promise<Standing> {
  const { instances } = await ports.instanceMetrics.read(ref, at, at);
  const canary = instances.filter(({ type }) => plan.to.types.includes(type)).length;
  return { canary, group: instances.length };
}

/** What follows from the canary that stands there now. */
export interface StandingVerdict {
  readonly leave?: Extract<LeavingReason, 'canary-too-large'>;
  readonly lookNow: boolean;
  readonly doublings: number;
}

/**
 * A checkpoint is a percentage, and whatever the group launches meanwhile is new: what stands is not what was chosen. A canary that has doubled is
 * looked at without waiting for the next look's time; one that is most of the group without a verdict goes back.
 */
export function judgeStanding(
  checkpoint: Checkpoint,
  seen: { readonly standing: Standing; readonly progress: Progress; readonly since: Minute },
): StandingVerdict {
  const { standing, progress, since } = seen;
  const { exceeds, doublings } = mayStand(standing, checkpoint.canary);
  const before = progress.doublings ?? 0;
  const spare = progress.looksTaken < checkpoint.looks - 1;
  const lookNow = doublings > before && spare && progress.at - since >= EARLIEST_LOOK;
  return { ...(exceeds && { leave: 'canary-too-large' as const }), lookNow, doublings };
}

/** Before that there are too few intervals for any verdict. */
const EARLIEST_LOOK: Minutes = 30;

/**
 * The plan sleeps while a rollout stands, so its floors are kept here: what the plan would have by the next look (S6), and what equal shares need at
 * the peak as it is expected now, with the speed as it was last measured (S21). A floor is only ever raised.
 */
export async function keepFloors(rollout: Rollout, progress: Progress): Promise<'kept' | 'refused'> {
  const { ports, ref, plan } = rollout;
  const group = await ports.groups.read(ref);
  const parsed = group && parsePolicy(group.tags);
  if (!group || !parsed?.ok) return 'kept';
  const { peak, plannedFloor } = await readLoad(rollout, parsed.policy, minuteNow(rollout));
  const factor = Math.min(plan.promisedFactor, progress.canary?.factor?.estimate ?? plan.promisedFactor);
  const ratio = capacityRatio(plan, factor);
  const share = shareAtPeak(group, parsed.policy, { peak, ratio });
  const planned = ratio < 1 ? convertInstances(plannedFloor, ratio) : plannedFloor;
  const floor = Math.min(group.size.max, Math.max(planned, share.kind === 'raise' ? share.floor : 0));
  if (floor > group.size.min) await putFloor(rollout, floor);
  return share.kind === 'refused' ? 'refused' : 'kept';
}
