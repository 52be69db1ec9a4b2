import type { HoldKind } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import type { GroupRef, Ports } from '../ports/index.ts';
import { recordOf } from '../rollout/register.ts';
import { comingOf, isBoost } from '../run/expected.ts';

/**
 * Something that stands until its time is up or somebody ends it: a pause, the hold after a person's change or resets, a boost, a change
 * that can be rolled back.
 */
export interface Standing {
  readonly what: 'pause' | 'hold' | 'boost' | 'change';
  readonly workload: string;
  /** `groupKey` of the group it was told of. */
  readonly group?: string;
  /** Of a change: the group whose target it is, or the rollout. */
  readonly ref?: GroupRef;
  readonly rollout?: string;
}

const HOLDS: Readonly<Record<'pause' | 'hold', readonly HoldKind[]>> = {
  pause: ['paused'],
  hold: ['human-override', 'resets'],
};

/** Whether it still stands at a minute, whoever may have ended it and in whatever way. */
export async function stillStands(
  ports: Pick<Ports, 'holds' | 'settings' | 'records' | 'documents'>,
  standing: Standing,
  at: Minute,
): Promise<boolean> {
  const { what, workload, group } = standing;
  if (what === 'change') return canGoBack(ports, standing);
  if (what === 'boost') return comingOf((await ports.settings.load(workload)).expected, at).some(isBoost);
  const query = { workload, at, ...(group !== undefined && { group }) };
  return (await ports.holds.inForce(query)).some(({ kind }) => HOLDS[what].includes(kind));
}

/** Whether a rollout is under way, or a group has another target than its owner's. */
async function canGoBack(
  { records, documents }: Pick<Ports, 'records' | 'documents'>,
  { ref, rollout }: Standing,
): Promise<boolean> {
  if (rollout !== undefined) return (await recordOf(documents, rollout))?.state === 'running';
  return ref !== undefined && (await records.load(ref))?.target !== undefined;
}
