import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey, type Ports } from '../ports/index.ts';
import { loadRecord } from '../run/load-record.ts';

/** What an approval came to: the next tick does it, or why it does not count any more. */
export type Approval = 'accepted' | 'expired' | 'changed-meanwhile';

/** A yes to a target; kept apart from the group's record, which a tick under way would write over. */
interface ApprovedTarget {
  readonly to: number;
  /** Until when the question stood: a yes counts for that question only. */
  readonly until: Minute;
}

const COLLECTION = 'target-approval';

/**
 * Takes an answer to a proposed target. Only what is waiting now can be approved: a proposal that lapsed, or was replaced by another,
 * does nothing. Twice is once; the target itself is changed by the next tick, under all its rules.
 * @param to the target that was proposed, in percent
 */
export async function approveTarget(
  ports: Pick<Ports, 'records' | 'documents'>,
  ref: GroupRef,
  to: number,
  now: Instant,
): Promise<Approval> {
  const record = await loadRecord(ports, ref);
  if (record?.approvedTarget === to) return 'accepted';
  const asked = record?.askedTarget;
  if (asked?.to !== to) return 'changed-meanwhile';
  if (asked.until <= minuteOf(now)) return 'expired';
  const standing = await ports.documents.read<ApprovedTarget>(COLLECTION, groupKey(ref));
  if (answers(standing?.value, asked)) return 'accepted';
  const written = await ports.documents.write(COLLECTION, groupKey(ref), asked, {
    expected: standing?.version ?? 0,
  });
  if (written) return 'accepted';
  const other = await ports.documents.read<ApprovedTarget>(COLLECTION, groupKey(ref));
  return answers(other?.value, asked) ? 'accepted' : 'changed-meanwhile';
}

/** Whether somebody said yes, in time, to the target that is asked for. */
export async function isTargetApproved(
  ports: Pick<Ports, 'documents'>,
  ref: GroupRef,
  asked: ApprovedTarget,
): Promise<boolean> {
  return answers((await ports.documents.read<ApprovedTarget>(COLLECTION, groupKey(ref)))?.value, asked);
}

function answers(given: ApprovedTarget | undefined, asked: ApprovedTarget): boolean {
  return given !== undefined && given.to === asked.to && given.until === asked.until;
}
