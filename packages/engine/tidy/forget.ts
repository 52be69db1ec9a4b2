import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey, type Ports, type Targets } from '../ports/index.ts';

/** All that forgetting a group touches. */
export type ForgetPorts = Pick<Ports, 'records'> & { readonly targets: Pick<Targets, 'lease' | 'endLease'> };

/**
 * A group that does not exist any more: its scheduled actions went with it, its lease did not, and would put a policy of this group into
 * one that is made under the same name. Twice is once.
 */
export async function forget({ records, targets }: ForgetPorts, ref: GroupRef, now: Instant): Promise<void> {
  const lease = await targets.lease(ref);
  if (lease) await targets.endLease(ref, { decisionId: `gone/${groupKey(ref)}/${minuteOf(now)}` });
  await records.remove(ref);
}
