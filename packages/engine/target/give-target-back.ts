import { portErrorCode, type TargetTrackingPolicy, type WriteContext } from '../ports/index.ts';
import { decide, decisionId, excuse, type Run, remember } from '../run/run.ts';

/**
 * S8: gives the owner's target back, then ends the lease, in that order: should the first fail, the lease still does it. Where the
 * policy is gone there is nothing to give back, and a target that somebody else set meanwhile is the owner's already.
 */
export async function giveTargetBack(run: Run, context: WriteContext): Promise<boolean> {
  const { ports, group, record } = run;
  const owner = record.home.policy;
  if (record.target === undefined || owner === undefined) return false;
  if (!isSomebodyElses(run, owner)) {
    try {
      await ports.targets.put(group.ref, owner, owner.target, context);
    } catch (error) {
      if (portErrorCode(error) !== 'not-found') throw error;
    }
  }
  await ports.targets.endLease(group.ref, context);
  remember(run, { target: undefined });
  return true;
}

/** Whether the target that stood when the run began was neither the owner's nor one of ours: nobody may have looked yet. */
function isSomebodyElses({ group, loaded }: Run, owner: TargetTrackingPolicy): boolean {
  const standing = group.policies.find(({ kind, name }) => kind === 'target-tracking' && name === owner.name);
  if (standing?.kind !== 'target-tracking') return false;
  return ![owner.target, loaded?.target, loaded?.intendedTarget].includes(standing.target);
}

/** Gives the owner's target back where another stands, and says why. What AWS refuses is tried again by the next run; the lease stands. */
export async function backToOwner(run: Run, reason: string): Promise<void> {
  if (run.record.target === undefined) return;
  try {
    const given = await giveTargetBack(run, { decisionId: decisionId(run, 'give-back') });
    if (given) decide(run, { kind: 'give-back', reason }, { kind: 'applied' });
  } catch (error) {
    const facts = { message: (error as Error).message };
    excuse(run, { code: 'write-refused', bottleneck: portErrorCode(error), facts });
  }
}
