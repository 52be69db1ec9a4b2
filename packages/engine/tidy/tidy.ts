import type { LedgerEntry, Outcome } from '@evenkeel/core/explain';
import { HOME_STEP_NAME, isOurs } from '@evenkeel/core/plan';
import { type Instances, type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import {
  type GroupRecord,
  type GroupRef,
  groupKey,
  type Lease,
  MAX_BATCH,
  type Ports,
  portErrorCode,
  type ScalingPolicy,
  type ScheduledActions,
  type Targets,
  type TargetTrackingPolicy,
} from '../ports/index.ts';
import { loadRecord } from '../run/load-record.ts';

/** A group that lost its tag while Evenkeel looked after it. */
export interface Orphan {
  readonly ref: GroupRef;
  readonly minSize: Instances;
  /** The workload it belonged to. */
  readonly workload: string;
}

/** All that tidying up touches: a role that can delete scheduled actions and move leases suffices (S16). */
export type TidyPorts = Pick<Ports, 'records' | 'ledger' | 'notices'> & {
  readonly scheduledActions: Pick<ScheduledActions, 'list' | 'remove'>;
  readonly targets: Pick<Targets, 'lease' | 'renewLease' | 'endLease'>;
  /** The group's scaling policies as they stand. */
  readonly policies: (ref: GroupRef) => Promise<readonly ScalingPolicy[]>;
};

/** A lease is made due so far ahead: the scheduler takes no time that is past when it reads it. */
const LEASE_SOON_MINUTES = 3;

/**
 * S16: takes Evenkeel's things off a group whose tag is gone. The pending floors are deleted; the home step stays where MinSize is a floor
 * of ours, and a standing lease is made due now, so that AWS itself gives MinSize and target back. What the owner changed together with
 * the tag stays as it is. Twice is once.
 */
export async function tidy(ports: TidyPorts, orphan: Orphan, now: Instant): Promise<LedgerEntry | undefined> {
  const { ref } = orphan;
  const at = minuteOf(now);
  const id = `tidy/${groupKey(ref)}/${at}`;
  const record = await loadRecord(ports, ref);
  const ours = (await ports.scheduledActions.list(ref)).filter((step) => isOurs(step) && step.start > at);
  const home = ours.find(({ name }) => name === HOME_STEP_NAME);
  const isHome = orphan.minSize === (home?.minSize ?? record?.home.minSize ?? orphan.minSize);
  const needsHome = !isHome && isFloor(orphan.minSize, record, at);
  const names = ours.map(({ name }) => name).filter((name) => !needsHome || name !== HOME_STEP_NAME);
  const outcome = await giveBack(ports, { ref, record, names, at, decisionId: id });
  if (outcome.kind === 'applied') await ports.records.remove(ref);
  if (outcome.kind === 'applied' && names.length === 0 && record === undefined) return undefined;
  const entry: LedgerEntry = {
    id,
    at,
    workload: orphan.workload,
    group: ref.name,
    place: { account: ref.account, region: ref.region },
    decision: { kind: 'give-back', reason: 'tag-gone' },
    outcome,
    excuses: [],
  };
  await ports.ledger.append([entry]);
  await ports.notices.publish([entry]);
  return entry;
}

/** Whether MinSize may be of our making: as it was seen last, or as a step of ours since then set it. */
function isFloor(minSize: Instances, record: GroupRecord | undefined, at: Minute): boolean {
  if (record === undefined || record.minSizeSeen === undefined) return true;
  const due = [...record.written, ...(record.intended ?? [])].filter(({ start }) => start <= at);
  return [record.minSizeSeen, ...due.map((step) => step.minSize)].includes(minSize);
}

async function giveBack(
  ports: TidyPorts,
  task: {
    readonly ref: GroupRef;
    readonly record: GroupRecord | undefined;
    readonly names: readonly string[];
    readonly at: Minute;
    readonly decisionId: string;
  },
): Promise<Outcome> {
  const { scheduledActions, targets } = ports;
  const { ref, record, names, at, decisionId } = task;
  try {
    const failures = [];
    for (let index = 0; index < names.length; index += MAX_BATCH) {
      failures.push(
        ...(await scheduledActions.remove(ref, names.slice(index, index + MAX_BATCH), { decisionId })),
      );
    }
    const lease = await targets.lease(ref);
    const due = (at + LEASE_SOON_MINUTES) as Minute;
    const owner = lease && toGiveBack(lease, record, await ports.policies(ref));
    if (lease && !owner) await targets.endLease(ref, { decisionId });
    if (lease && owner && lease.due > due) await targets.renewLease(ref, { due, owner }, { decisionId });
    return failures.length === 0 ? { kind: 'applied' } : { kind: 'partly-applied', failures };
  } catch (error) {
    return { kind: 'failed', message: `${portErrorCode(error)}: ${(error as Error).message}` };
  }
}

/**
 * The policy as it stands, with its owner's target: a lease makes anew what is gone. Undefined where there is nothing to give back,
 * because the owner deleted or replaced the policy, or set its target.
 */
function toGiveBack(
  { owner }: Lease,
  record: GroupRecord | undefined,
  policies: readonly ScalingPolicy[],
): TargetTrackingPolicy | undefined {
  const standing = policies.find(({ name }) => name === owner.name);
  if (standing?.kind !== 'target-tracking' || standing.metric !== 'cpu') return undefined;
  const ours = [record?.target, record?.intendedTarget].filter((target) => target !== undefined);
  if (standing.target === owner.target || (ours.length > 0 && !ours.includes(standing.target)))
    return undefined;
  return { ...standing, target: owner.target };
}
