import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import type { GroupRef, Ports } from '../ports/index.ts';

/** What an approval came to: the next tick does it, or why it does not count any more. */
export type Approval = 'accepted' | 'expired' | 'changed-meanwhile';

/**
 * Takes an answer to a proposed target. Only what is waiting now can be approved: a proposal that lapsed, or was replaced by another,
 * does nothing. Twice is once; the target itself is changed by the next tick, under all its rules.
 * @param to the target that was proposed, in percent
 */
export async function approveTarget(
  ports: Pick<Ports, 'records'>,
  ref: GroupRef,
  to: number,
  now: Instant,
): Promise<Approval> {
  const record = await ports.records.load(ref);
  if (record?.approvedTarget === to) return 'accepted';
  if (record?.askedTarget?.to !== to) return 'changed-meanwhile';
  if (record.askedTarget.until <= minuteOf(now)) return 'expired';
  await ports.records.save(ref, { ...record, approvedTarget: to });
  return 'accepted';
}
