import { isOurs, runsBetween, type ScheduledAction } from '@evenkeel/core/plan';
import { type Instances, MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { Change } from '../ports/index.ts';
import { newHome } from '../run/adoption.ts';
import { decide, decisionId, excuse, type Run, remember } from '../run/run.ts';
import { holdForPerson, isEarly, reset, settle, upTo } from './consequences.ts';
import { keepFloorTrail } from './floor-trail.ts';
import { followOwnersPolicy, judgeTarget, strangeTarget } from './other-policies.ts';
import { isRivalled, meetsRivalNow } from './rival.ts';
import { LATE_MINUTES, stillOpen } from './standing.ts';
import { PUT_BACK_PREFIX } from './take-back.ts';

/** So far back the owner's actions are looked for when Evenkeel was away. */
const LONGEST_AWAY_MINUTES = 8 * MINUTES_PER_DAY;
/** The audit trail is read for changes that leave sizes as they are no more often than this. */
const TRAIL_EVERY_MINUTES = 60;

/**
 * S5, S12, S13: compares the group with what our last steps must have made of it. What fits is remembered; what does not was
 * somebody else's hand: infrastructure code that wrote home back (a reset), or a person (an override that holds).
 */
export async function lookForOtherHands(run: Run, policy: Pick<WorkloadPolicy, 'mode'>): Promise<void> {
  const due = dueSinceLastTick(run);
  adoptOwnersAction(run, due);
  keepFloorTrail(run, due);
  await followOwnersPolicy(run);
  const sizeFits = acceptable(run, due).includes(run.group.size.min);
  const target = strangeTarget(run);
  if (sizeFits) inOrder(run);
  const known = sizeFits && target === undefined;
  if (known) remember(run, { unexplainedSince: undefined });
  const trailDue = run.minute - (run.record.trailReadAt ?? run.record.adoptedAt) >= TRAIL_EVERY_MINUTES;
  if (known && !trailDue) return;
  const changes = await readTrail(run);
  if (!sizeFits) await judgeSize(run, policy, changes);
  if (target !== undefined && !isRivalled(run)) await judgeTarget(run, policy, target, changes);
  // What the trail does not explain yet is looked at again, with all that it says by then.
  if (run.record.unexplainedSince !== undefined || isRivalled(run)) return;
  await noticeQuietChanges(run, unjudged(run, changes ?? []));
  remember(run, { trailReadAt: run.minute });
}

/** Actions that were due since the last tick, in order: ours and the owner's. */
function dueSinceLastTick(run: Run): readonly ScheduledAction[] {
  const { record, minute } = run;
  const ours = [...record.written, ...(record.intended ?? [])].filter((step) => step.start <= minute);
  const from = Math.max(minute - LONGEST_AWAY_MINUTES, record.accountedTo ?? record.adoptedAt) as Minute;
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

/** Whether MinSize is what the actions that were due made of it, or what it was before. */
export function isSizeExplained(run: Run): boolean {
  const { min } = run.group.size;
  return min === run.record.minSizeSeen || acceptable(run, dueSinceLastTick(run)).includes(min);
}

/**
 * S16: whether MinSize is of our making, so that it is taken back with the rest. Home is what the owner last set, as far as the trail
 * tells of it by now: who switches Evenkeel off waits for nothing.
 */
export async function isSizeOurs(run: Run): Promise<boolean> {
  const isExplained = isSizeExplained(run);
  const due = dueSinceLastTick(run);
  adoptOwnersAction(run, due);
  if (isExplained) inOrder(run);
  const changes = await readTrail(run).catch(() => undefined);
  const last = changes?.findLast((each) => each.size?.min !== undefined && !actedSince(run, each.at));
  const minSize = last?.size?.min;
  if (minSize !== undefined) remember(run, { home: { ...run.record.home, minSize } });
  return isExplained;
}

/** Whether an action of the owner has set MinSize since. */
function actedSince({ record, minute }: Run, at: Minute): boolean {
  return (record.ownerActions ?? []).some(
    (action) =>
      action.minSize !== undefined &&
      runsBetween(action, (at + 1) as Minute, (minute + 1) as Minute).length > 0,
  );
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

async function readTrail(run: Run): Promise<readonly Change[] | undefined> {
  const since = (run.record.trailReadAt ?? run.record.adoptedAt) as Minute;
  // Trails are late: look back a little behind where the last look ended; what was judged is left out.
  const earliest = run.record.trailFrom ?? run.record.adoptedAt;
  const from = Math.max(earliest, since - run.settings.trailDelayMinutes) as Minute;
  const changes = await run.ports.activity.changes(run.group.ref, from);
  return changes && unjudged(run, changes);
}

/** Other people's changes that have not been dealt with. */
function unjudged(run: Run, changes: readonly Change[]): readonly Change[] {
  const judged = new Set(run.record.judgedChanges ?? []);
  return changes.filter((change) => change.by !== 'evenkeel' && !judged.has(change.id));
}

/** What stands is what the actions that were due make of it; the latest of them may still run late. */
function inOrder(run: Run): void {
  remember(run, {
    minSizeSeen: run.group.size.min,
    accountedTo: (run.minute - LATE_MINUTES + 1) as Minute,
    written: stillOpen(run),
    intended: undefined,
  });
}

/**
 * A MinSize that the actions that were due do not explain: the trail says whose it is, or after a while nobody does. Where it is what it
 * was before them and nobody wrote it, they did not run (S5): it stays what it was, a floor of ours, and the plan goes on from there.
 */
async function judgeSize(
  run: Run,
  policy: Pick<WorkloadPolicy, 'mode'>,
  changes: readonly Change[] | undefined,
): Promise<void> {
  const actual = run.group.size.min;
  const change = changes?.findLast((each) => each.field === 'size' && each.size?.min === actual);
  if (change === undefined && (await meetsRivalNow(run))) return;
  if (change === undefined && actual === run.record.minSizeSeen) return didNotRun(run);
  if (changes !== undefined && change === undefined && isEarly(run)) return;
  const atHome = actual === run.record.home.minSize;
  const [before] = acceptable(run, dueSinceLastTick(run));
  const byCode = change ? change.by === 'infrastructure-code' : atHome;
  settle(run, upTo(changes, change));
  if (byCode && atHome) await reset(run, policy, { field: 'MinSize', wrote: actual, who: change?.who });
  else if (byCode) newHome(run, { minSize: actual });
  else
    await holdForPerson(run, change, {
      field: 'MinSize',
      ...(before !== undefined && { before }),
      after: actual,
    });
}

function didNotRun(run: Run): void {
  const facts = { minSize: run.group.size.min };
  excuse(run, { code: 'step-did-not-run', bottleneck: 'scheduled actions', facts });
  settle(run, []);
}

/**
 * Changes that left MinSize and target as they are: a person's hold all the same (S12). Where one of our steps ran over the last MinSize
 * somebody wrote, a person's is put back, and code's is the new home.
 */
async function noticeQuietChanges(run: Run, changes: readonly Change[]): Promise<void> {
  const minSize = changes.findLast((each) => each.size?.min !== undefined && !actedSince(run, each.at));
  const last = changes.findLast((each) => isPersons(each) && HOLDING.has(each.field));
  if (changes.length > 0) settle(run, changes);
  if (last) await holdForPerson(run, last, { field: last.field });
  const wanted = minSize?.size?.min;
  if (minSize === undefined || wanted === undefined) return;
  if (isPersons(minSize)) {
    remember(run, { home: { ...run.record.home, minSize: wanted } });
    const holds = run.minute - minSize.at < run.settings.overrideHoldMinutes;
    if (holds && wanted !== run.group.size.min) await putBack(run, wanted);
  } else if (minSize.by === 'infrastructure-code' && wanted !== run.record.home.minSize) {
    newHome(run, { minSize: wanted });
  }
}

/** What of a group a person changes with the wish that it stays so. */
const HOLDING: ReadonlySet<Change['field']> = new Set(['size', 'policy', 'template']);

function isPersons({ by }: Change): boolean {
  return by === 'person' || by === 'unknown';
}

/** One of our steps ran after the person's change: their value is put back once (S12). */
async function putBack(run: Run, minSize: Instances): Promise<void> {
  const context = { decisionId: decisionId(run, 'put-back') };
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
