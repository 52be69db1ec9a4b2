import { tunablePolicy } from '@evenkeel/core/guard';
import { isOurs, runsBetween, type ScheduledAction } from '@evenkeel/core/plan';
import type { Instances, Minute } from '@evenkeel/core/quantities';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import { type Change, groupKey, type TargetTrackingPolicy } from '../ports/index.ts';
import { decide, decisionId, excuse, type Run, remember } from '../run/run.ts';
import { keepFloorTrail } from './floor-trail.ts';
import { PUT_BACK_PREFIX } from './take-back.ts';

/** A scheduled action may run this late (AWS: up to two minutes). */
const LATE_MINUTES = 3;
const WEEK = 7 * 1440;
/** The audit trail is read for changes that leave sizes as they are no more often than this. */
const TRAIL_EVERY_MINUTES = 60;

/**
 * S5, S12, S13: compares the group with what our last steps must have made of it. What fits is remembered; what does not was
 * somebody else's hand: infrastructure code that wrote home back (a reset), or a person (an override that holds).
 */
export async function lookForOtherHands(run: Run, policy: WorkloadPolicy): Promise<void> {
  const due = dueSinceLastTick(run);
  adoptOwnersAction(run, due);
  keepFloorTrail(run, due);
  const sizeFits = acceptable(run, due).includes(run.group.size.min);
  const target = strangeTarget(run);
  if (sizeFits) {
    remember(run, { minSizeSeen: run.group.size.min, written: stillOpen(run), intended: undefined });
  }
  const known = sizeFits && target === undefined;
  if (known) remember(run, { unexplainedSince: undefined });
  const trailDue = run.minute - (run.record.trailReadAt ?? run.record.adoptedAt) >= TRAIL_EVERY_MINUTES;
  if (known && !trailDue) return;
  const changes = await readTrail(run);
  if (known) return noticeQuietChanges(run, policy, changes ?? []);
  if (!sizeFits) await judgeSize(run, policy, changes);
  if (target !== undefined) await judgeTarget(run, policy, target, changes);
}

/** Actions that were due since the last tick, in order: ours and the owner's. */
function dueSinceLastTick(run: Run): readonly ScheduledAction[] {
  const { record, minute } = run;
  const ours = [...record.written, ...(record.intended ?? [])].filter((step) => step.start <= minute);
  const since = (minute - 2 * TRAIL_EVERY_MINUTES) as Minute;
  const from = Math.max(since, record.listedAt ?? minute) as Minute;
  const owners = (record.ownerActions ?? []).flatMap((action) =>
    runsBetween(action, from, (minute + 1) as Minute).map((start) => ({ ...action, start })),
  );
  return [...ours, ...owners]
    .filter((action) => action.minSize !== undefined)
    .sort((a, b) => a.start - b.start);
}

/** The owner's own scheduled MinSize becomes home from its minute on (S15). */
function adoptOwnersAction(run: Run, due: readonly ScheduledAction[]): void {
  const last = due.findLast((action) => !isOurs(action));
  if (last?.minSize === undefined || last.minSize === run.record.home.minSize) return;
  remember(run, { home: { ...run.record.home, minSize: last.minSize } });
}

/** What MinSize may be: what the last due action set; while that may still be late, also what was there before. */
function acceptable(run: Run, due: readonly ScheduledAction[]): readonly Instances[] {
  const seen = run.record.minSizeSeen ?? run.group.size.min;
  const settled = due.findLast((action) => action.start <= run.minute - LATE_MINUTES)?.minSize ?? seen;
  const open = due
    .filter((action) => action.start > run.minute - LATE_MINUTES)
    .map((action) => action.minSize!);
  // A half-written plan of a run that died: either of two steps of one minute may have run.
  const alternatives = (run.record.intended ?? []).length > 0 ? due.map((action) => action.minSize!) : [];
  return [settled, ...open, ...alternatives, ...(run.record.intended ? [seen] : [])];
}

/** Steps that have not run for certain. */
function stillOpen(run: Run): readonly ScheduledAction[] {
  return run.record.written.filter((step) => step.start > run.minute - LATE_MINUTES);
}

/** The target where it is neither the owner's nor the one under lease; undefined where it is in order. */
function strangeTarget(run: Run): TargetTrackingPolicy | undefined {
  const owner = run.record.home.policy;
  const tunable = tunablePolicy(run.group.policies);
  if (owner === undefined || tunable.kind !== 'tunable' || tunable.policy.name !== owner.name)
    return undefined;
  const expected = run.record.target ?? owner.target;
  return tunable.policy.target === expected ? undefined : tunable.policy;
}

async function readTrail(run: Run): Promise<readonly Change[] | undefined> {
  const since = (run.record.trailReadAt ?? run.record.adoptedAt) as Minute;
  // Trails are late: look back a little behind where the last look ended; what was judged is left out.
  const from = Math.max(run.record.adoptedAt, since - run.settings.trailDelayMinutes) as Minute;
  const changes = await run.ports.activity.changes(run.group.ref, from);
  const judged = new Set(run.record.judgedChanges ?? []);
  remember(run, { trailReadAt: run.minute });
  return changes?.filter((change) => change.by !== 'evenkeel' && !judged.has(change.id));
}

/** A change of MinSize that none of our steps made: the trail says whose it is, or after a while nobody does. */
async function judgeSize(
  run: Run,
  policy: WorkloadPolicy,
  changes: readonly Change[] | undefined,
): Promise<void> {
  const actual = run.group.size.min;
  const change = changes?.findLast((each) => each.field === 'size' && each.size?.min === actual);
  if (changes !== undefined && change === undefined && isEarly(run)) return;
  const atHome = actual === run.record.home.minSize;
  const byCode = change ? change.by === 'infrastructure-code' : atHome;
  settle(run, change);
  if (byCode && atHome) await reset(run, policy, { field: 'MinSize', wrote: actual, who: change?.who });
  else if (byCode) newHome(run, { minSize: actual });
  else await holdForPerson(run, change, { field: 'MinSize', after: actual });
}

async function judgeTarget(
  run: Run,
  policy: WorkloadPolicy,
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
  if (changes !== undefined && change === undefined && isEarly(run)) return;
  const byCode = change ? change.by === 'infrastructure-code' : atHome;
  settle(run, change);
  await run.ports.targets.endLease(run.group.ref, { decisionId: decisionId(run, 'lease') });
  remember(run, { target: undefined });
  if (byCode && atHome) await reset(run, policy, { field: 'target', wrote: actual.target, who: change?.who });
  else newHome(run, { policy: actual });
  if (!byCode)
    await holdForPerson(run, change, { field: 'target', before: owner.target, after: actual.target });
}

/** Changes that left MinSize and target as they were: a person's hold all the same (S12); sizes of infrastructure code do not. */
async function noticeQuietChanges(
  run: Run,
  _policy: WorkloadPolicy,
  changes: readonly Change[],
): Promise<void> {
  const mine = changes.filter((each) => each.by === 'person' || each.by === 'unknown');
  const change = mine.findLast((each) => ['size', 'policy', 'template'].includes(each.field));
  if (!change) return;
  settle(run, change);
  const wanted = change.size?.min;
  const overruled = wanted !== undefined && wanted !== run.group.size.min;
  await holdForPerson(run, change, { field: change.field === 'size' ? 'size' : change.field });
  if (overruled) await putBack(run, wanted);
}

/** Whether to wait for a late trail: nothing is done meanwhile, and nothing lowered. */
function isEarly(run: Run): boolean {
  const since = run.record.unexplainedSince ?? run.minute;
  remember(run, { unexplainedSince: since });
  if (run.minute - since >= run.settings.trailDelayMinutes) return false;
  const facts = { minSize: run.group.size.min, minutes: run.minute - since };
  excuse(run, { code: 'unexplained-change', bottleneck: 'audit trail', facts });
  return true;
}

/** From now on what stands is in order, and this change has been dealt with. */
function settle(run: Run, change: Change | undefined): void {
  const judged = change
    ? [...(run.record.judgedChanges ?? []), change.id].slice(-20)
    : run.record.judgedChanges;
  remember(run, {
    minSizeSeen: run.group.size.min,
    written: stillOpen(run),
    intended: undefined,
    unexplainedSince: undefined,
    judgedChanges: judged,
  });
}

/** S13: the due floor is put again by this very tick; told with its count, and after too many the group goes to recommend. */
async function reset(
  run: Run,
  policy: WorkloadPolicy,
  what: { readonly field: string; readonly wrote: number; readonly who: string | undefined },
): Promise<void> {
  const resets = [...(run.record.resets ?? []).filter((at) => at > run.minute - WEEK), run.minute];
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
  if (resets.length < run.settings.resetsPerWeek || policy.mode === 'observe') return;
  await run.ports.holds.place({
    kind: 'resets',
    scope: { kind: 'group', group: groupKey(run.group.ref) },
    since: run.minute,
    until: (run.minute + WEEK) as Minute,
    by,
    note: `${resets.length} resets in a week`,
  });
}

/** A changed value in code, or by the owner's hand, is the new home. */
function newHome(run: Run, changed: Partial<Run['record']['home']>): void {
  remember(run, { home: { ...run.record.home, ...changed } });
  const { home } = run.record;
  decide(
    run,
    {
      kind: 'adoption',
      homeMinSize: home.minSize,
      ...(home.policy === undefined ? {} : { homeTarget: home.policy.target }),
    },
    { kind: 'applied' },
  );
}

/** S12: a person's change holds the group for a day. A MinSize set by hand is the owner's from then on. */
async function holdForPerson(
  run: Run,
  change: Change | undefined,
  what: { readonly field: string; readonly before?: number; readonly after?: number },
): Promise<void> {
  const by = change?.who ?? 'somebody';
  const hold = {
    kind: 'human-override',
    scope: { kind: 'group', group: groupKey(run.group.ref) },
    since: change?.at ?? run.minute,
    until: ((change?.at ?? run.minute) + run.settings.overrideHoldMinutes) as Minute,
    by,
    note: what.after === undefined ? `${what.field} changed` : `${what.field} set to ${what.after}`,
  } as const;
  if (what.field === 'MinSize' && what.after !== undefined) {
    remember(run, { home: { ...run.record.home, minSize: what.after } });
  }
  await run.ports.holds.place(hold);
}

/** One of our steps ran after the person's change: their value is put back once (S12). */
async function putBack(run: Run, minSize: Instances): Promise<void> {
  const context = { decisionId: decisionId(run, 'put-back') };
  remember(run, { home: { ...run.record.home, minSize } });
  const step = {
    name: `${PUT_BACK_PREFIX}${run.group.ref.name}`.slice(0, 255),
    start: run.firstStart,
    minSize,
  };
  const failures = await run.ports.scheduledActions.put(run.group.ref, [step], context);
  if (failures.length === 0) remember(run, { written: [...run.record.written, step] });
  decide(run, { kind: 'give-back', reason: 'human-override' }, outcomeOf(failures), 'put-back');
}

function outcomeOf(failures: readonly { readonly name: string; readonly message: string }[]) {
  return failures.length === 0
    ? ({ kind: 'applied' } as const)
    : ({ kind: 'partly-applied', failures } as const);
}
