import { tunablePolicy } from '@evenkeel/core/guard';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { Change, TargetTrackingPolicy } from '../ports/index.ts';
import { newHome } from '../run/adoption.ts';
import { decisionId, type Run, remember } from '../run/run.ts';
import { backToOwner } from '../target/give-target-back.ts';
import { renewLease } from '../target/pursue-target.ts';
import { holdForPerson, isEarly, reset, settle, upTo } from './consequences.ts';
import { meetsRivalNow } from './rival.ts';

/**
 * S7, S8: home's policy is the one that stands. Where the policy under lease is gone, off, renamed or no longer the only one, the owner's
 * target goes back at once and the lease ends, so that AWS never makes anew what the owner took away; what the owner changed in it
 * besides the target is part of what the lease gives back.
 */
export async function followOwnersPolicy(run: Run): Promise<void> {
  const { policy: owner } = run.record.home;
  const tunable = tunablePolicy(run.group.policies);
  const standing = tunable.kind === 'tunable' ? tunable.policy : undefined;
  if (owner !== undefined && owner.name !== standing?.name) await backToOwner(run, 'policy-not-tunable');
  if (standing === undefined) return;
  if (owner?.name !== standing.name) return newHome(run, { policy: standing });
  if (besidesTarget(standing) === besidesTarget(owner)) return;
  remember(run, { home: { ...run.record.home, policy: { ...standing, target: owner.target } } });
  if (run.record.target !== undefined) await renewLease(run);
}

/** The target where it is neither the owner's nor the one under lease; undefined where it is in order. */
export function strangeTarget(run: Run): TargetTrackingPolicy | undefined {
  const { home, target, intendedTarget } = run.record;
  const tunable = tunablePolicy(run.group.policies);
  if (home.policy === undefined || tunable.kind !== 'tunable' || tunable.policy.name !== home.policy.name)
    return undefined;
  const actual = tunable.policy.target;
  const expected = target ?? home.policy.target;
  // A change of ours that seemed to fail, or whose run died, may have come through all the same.
  const came = actual === intendedTarget && actual !== expected;
  if (intendedTarget !== undefined)
    remember(run, { intendedTarget: undefined, ...(came ? { target: actual } : {}) });
  return came || actual === expected ? undefined : tunable.policy;
}

/** A target that is neither the owner's nor ours: the lease gave it back, infrastructure code or a person wrote it. */
export async function judgeTarget(
  run: Run,
  policy: Pick<WorkloadPolicy, 'mode'>,
  actual: TargetTrackingPolicy,
  changes: readonly Change[] | undefined,
): Promise<void> {
  const owner = run.record.home.policy!;
  const atHome = actual.target === owner.target;
  // Our lease gave the owner's target back while Evenkeel was away: nobody's hand.
  if (atHome && (await run.ports.targets.lease(run.group.ref)) === undefined) {
    return remember(run, { target: undefined, unexplainedSince: undefined });
  }
  const change = changes?.findLast((each) => each.field === 'policy');
  if (change === undefined && (await meetsRivalNow(run))) return;
  if (changes !== undefined && change === undefined && isEarly(run)) return;
  const byCode = change ? change.by === 'infrastructure-code' : atHome;
  settle(run, upTo(changes, change));
  await run.ports.targets.endLease(run.group.ref, { decisionId: decisionId(run, 'lease') });
  remember(run, { target: undefined });
  if (byCode && atHome) await reset(run, policy, { field: 'target', wrote: actual.target, who: change?.who });
  else newHome(run, { policy: actual });
  if (!byCode)
    await holdForPerson(run, change, { field: 'target', before: owner.target, after: actual.target });
}

/** A policy as text without its target, whatever the order of its fields: what a put of ours leaves as it is. */
function besidesTarget(policy: TargetTrackingPolicy): string {
  return JSON.stringify(inOrder({ ...policy, target: undefined }));
}

/** AWS's name of the target within a policy's configuration. */
const TARGET_FIELD = 'TargetValue';

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const fields = Object.entries(value).filter(([key]) => key !== TARGET_FIELD);
  return Object.fromEntries(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, inOrder(each)]),
  );
}
