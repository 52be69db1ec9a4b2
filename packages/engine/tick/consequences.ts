import { type Instances, MINUTES_PER_WEEK, type Minute } from '@evenkeel/core/quantities';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import { type Change, groupKey, groupScope } from '../ports/index.ts';
import { decide, excuse, type Run, remember } from '../run/run.ts';
import { stillOpen } from './standing.ts';

/** Whether to wait for a late trail: nothing is done meanwhile, and nothing lowered. */
export function isEarly(run: Run): boolean {
  const since = run.record.unexplainedSince ?? run.minute;
  remember(run, { unexplainedSince: since });
  if (run.minute - since >= run.settings.trailDelayMinutes) return false;
  const facts = { minSize: run.group.size.min, minutes: run.minute - since };
  excuse(run, { code: 'unexplained-change', bottleneck: 'audit trail', facts });
  return true;
}

/** As many judged changes are remembered; more than happen to one group while the trail still tells of them. */
const REMEMBERED_CHANGES = 50;

/** From now on what stands is in order, and these changes have been dealt with. */
export function settle(run: Run, changes: readonly Change[]): void {
  const judged = [...new Set([...(run.record.judgedChanges ?? []), ...changes.map(({ id }) => id)])];
  remember(run, {
    minSizeSeen: run.group.size.min,
    accountedTo: (run.minute + 1) as Minute,
    written: stillOpen(run),
    intended: undefined,
    unexplainedSince: undefined,
    judgedChanges: judged.slice(-REMEMBERED_CHANGES),
  });
}

/** The change that explains what stands, and those of the same field that it came after. */
export function upTo(changes: readonly Change[] | undefined, change: Change | undefined): readonly Change[] {
  if (changes === undefined || change === undefined) return [];
  return changes.slice(0, changes.indexOf(change) + 1).filter(({ field }) => field === change.field);
}

/**
 * S13: the due floor is put again by this very tick; told with its count, and after too many the group goes to recommend. Where nothing
 * is put again (S1, S11) it is no reset: home is home.
 */
export async function reset(
  run: Run,
  policy: Pick<WorkloadPolicy, 'mode'>,
  what: { readonly field: string; readonly wrote: number; readonly who: string | undefined },
): Promise<void> {
  if (policy.mode === 'observe' || policy.mode === 'recommend' || (await isStopped(run))) return;
  const resets = [
    ...(run.record.resets ?? []).filter((at) => at > run.minute - MINUTES_PER_WEEK),
    run.minute,
  ];
  remember(run, { resets });
  const by = what.who ?? 'infrastructure code';
  decide(
    run,
    {
      kind: 'reset',
      by,
      field: what.field,
      wrote: what.wrote,
      restored: run.record.lastFloor ?? what.wrote,
      timesThisWeek: resets.length,
    },
    { kind: 'applied' },
  );
  if (resets.length < run.settings.resetsPerWeek) return;
  await run.ports.holds.place({
    kind: 'resets',
    scope: groupScope(run.group.ref),
    since: run.minute,
    until: (run.minute + MINUTES_PER_WEEK) as Minute,
    by,
    note: `${resets.length} resets in a week`,
  });
}

/** Whether somebody has stopped the writing for longer than a deployment lasts: a pause, a person's change, resets too many. */
async function isStopped({ ports, workload, group, minute }: Run): Promise<boolean> {
  const holds = await ports.holds.inForce({ workload, group: groupKey(group.ref), at: minute });
  return holds.some(({ kind }) => kind !== 'deploy');
}

/** S12: a person's change holds the group for a day. A MinSize set by hand is the owner's from then on. */
export async function holdForPerson(
  run: Run,
  change: Change | undefined,
  what: { readonly field: string; readonly before?: number; readonly after?: Instances },
): Promise<void> {
  const by = change?.who ?? 'somebody';
  const hold = {
    kind: 'human-override',
    scope: groupScope(run.group.ref),
    since: change?.at ?? run.minute,
    until: ((change?.at ?? run.minute) + run.settings.overrideHoldMinutes) as Minute,
    by,
    change: what,
    note: what.after === undefined ? `${what.field} changed` : `${what.field} set to ${what.after}`,
  } as const;
  if (what.field === 'MinSize' && what.after !== undefined) {
    remember(run, { home: { ...run.record.home, minSize: what.after } });
  }
  await run.ports.holds.place(hold);
}
