import type { LedgerEntry, Outcome } from '@evenkeel/core/explain';
import { HOME_STEP_NAME, isOurs } from '@evenkeel/core/plan';
import { type Instances, type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import {
  type GroupRef,
  groupKey,
  MAX_BATCH,
  type Ports,
  portErrorCode,
  type ScheduledActions,
  type Targets,
} from '../ports/index.ts';

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
  readonly targets: Pick<Targets, 'lease' | 'renewLease'>;
};

/** A lease is made due so far ahead: the scheduler takes no time that is past when it reads it. */
const LEASE_SOON_MINUTES = 3;

/**
 * S16: takes Evenkeel's things off a group whose tag is gone. The pending floors are deleted; the home step stays where MinSize is not
 * home yet, and a standing lease is made due now, so that AWS itself gives MinSize and target back. Twice is once.
 */
export async function tidy(ports: TidyPorts, orphan: Orphan, now: Instant): Promise<LedgerEntry | undefined> {
  const { ref } = orphan;
  const at = minuteOf(now);
  const id = `tidy/${groupKey(ref)}/${at}`;
  const record = await ports.records.load(ref);
  const ours = (await ports.scheduledActions.list(ref)).filter((step) => isOurs(step) && step.start > at);
  const home = ours.find(({ name }) => name === HOME_STEP_NAME);
  const isHome = orphan.minSize === (home?.minSize ?? record?.home.minSize ?? orphan.minSize);
  const names = ours.map(({ name }) => name).filter((name) => isHome || name !== HOME_STEP_NAME);
  const outcome = await giveBack(ports, { ref, names, at, decisionId: id });
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

async function giveBack(
  { scheduledActions, targets }: TidyPorts,
  task: {
    readonly ref: GroupRef;
    readonly names: readonly string[];
    readonly at: Minute;
    readonly decisionId: string;
  },
): Promise<Outcome> {
  const { ref, names, at, decisionId } = task;
  try {
    const failures = [];
    for (let index = 0; index < names.length; index += MAX_BATCH) {
      failures.push(
        ...(await scheduledActions.remove(ref, names.slice(index, index + MAX_BATCH), { decisionId })),
      );
    }
    const lease = await targets.lease(ref);
    const soon = (at + LEASE_SOON_MINUTES) as Minute;
    if (lease && lease.due > soon) await targets.renewLease(ref, { ...lease, due: soon }, { decisionId });
    return failures.length === 0 ? { kind: 'applied' } : { kind: 'partly-applied', failures };
  } catch (error) {
    return { kind: 'failed', message: `${portErrorCode(error)}: ${(error as Error).message}` };
  }
}
