import type { Excuse, FloorsDecision, Outcome } from '@evenkeel/core/explain';
import {
  difference,
  isOurs,
  MAX_OURS,
  ownerCalendar,
  type Plan,
  type PlanDifference,
  planSteps,
  type ScheduledAction,
  type Segment,
} from '@evenkeel/core/plan';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { MODE_TAG, type WorkloadPolicy } from '@evenkeel/core/workload';
import { type ItemFailure, MAX_ACTIONS_PER_GROUP, portErrorCode } from '../ports/index.ts';
import { homeStepOf } from '../run/open-run.ts';
import { decide, decisionId, excuse, type Run, remember } from '../run/run.ts';
import type { DecidedFloors } from './decide-floors.ts';
import { foreseeShortages } from './foresee-shortage.ts';
import { meetsRival } from './rival.ts';
import { justRun, pendingMinSize, standingActions } from './standing.ts';
import { takeBack } from './take-back.ts';
import { writeSteps } from './write-steps.ts';

/** Scheduled actions are read before a write and once an hour, not at every tick (S26). */
const LIST_EVERY_MINUTES = 60;
/** The owner's actions are looked at as far as the home step may stand. */
const CALENDAR_MINUTES = 31 * 60;

/** Makes the group's scheduled actions follow the floors: plan, difference to what stands, writes, one entry in the ledger. */
export async function carryOut(run: Run, policy: WorkloadPolicy, floors: DecidedFloors): Promise<void> {
  const believed = look(run, policy, floors, standingActions(run));
  for (const each of believed.plan.excuses) excuse(run, each);
  foreseeShortages(run, policy, believed.plan);
  remember(run, { lastFloor: believed.plan.segments[0]?.floor });
  const listed = run.minute - (run.record.listedAt ?? 0) < LIST_EVERY_MINUTES;
  if (policy.mode === 'observe' || policy.mode === 'recommend') {
    if (!listed) await listActions(run);
    return tellOnly(run, policy, floors, believed);
  }
  if (listed && (isNothing(believed.change) || isCrowded(run, believed))) return;
  try {
    await lookAgainAndWrite(run, policy, floors);
  } catch (error) {
    const outcome: Outcome = { kind: 'failed', message: (error as Error).message };
    excuse(run, refusal(portErrorCode(error), outcome.message));
    decide(run, decisionOf(run, floors, believed), outcome);
  }
}

/** A plan beside what stands. */
interface Look {
  readonly plan: Plan;
  readonly change: PlanDifference;
  readonly standing: readonly ScheduledAction[];
  readonly minSizeNow: number;
  /** How many actions of ours the group holds beside its owner's. */
  readonly room: number;
}

/** A floor and the way home: with less there is no plan (S3). */
const LEAST_ROOM = 2;

function isCrowded(run: Run, { room, standing }: Look): boolean {
  if (room >= LEAST_ROOM) return false;
  const actions = standing.filter((action) => !isOurs(action)).length;
  excuse(run, { code: 'too-many-actions', bottleneck: 'scheduled actions', facts: { actions } });
  return true;
}

function look(
  run: Run,
  policy: WorkloadPolicy,
  floors: DecidedFloors,
  standing: readonly ScheduledAction[],
  firstStart: Minute = run.firstStart,
): Look {
  const { group, record, minute } = run;
  const owners = standing.filter((action) => !isOurs(action));
  const ours = standing.filter(isOurs);
  const minSizeNow = pendingMinSize(run, standing);
  const standingHome = homeStepOf(ours);
  const sizes = { min: record.home.minSize, max: group.size.max, desired: group.desired };
  const room = Math.min(MAX_OURS, MAX_ACTIONS_PER_GROUP - owners.length);
  const plan = planSteps({
    group: group.ref.name,
    schedule: floors.schedule,
    firstStart,
    minSizeNow,
    calendar: ownerCalendar(owners, sizes, { from: minute, to: (minute + CALENDAR_MINUTES) as Minute }),
    room,
    ...(policy.bounds === undefined ? {} : { bounds: policy.bounds }),
    ...(floors.highestNeed === undefined ? {} : { highestNeed: floors.highestNeed }),
    ...(standingHome === undefined ? {} : { standingHome }),
  });
  const change = difference({ standing, wanted: plan.steps, minSizeNow, firstStart });
  return { plan, change: withoutEmptyPlan(run, plan, change, ours), standing, minSizeNow, room };
}

/** A plan that is nothing but home, in a group that is at home and holds nothing of ours, is not worth writing. */
function withoutEmptyPlan(
  run: Run,
  plan: Plan,
  change: PlanDifference,
  ours: readonly ScheduledAction[],
): PlanDifference {
  const onlyHome = plan.steps.length === 1 && ours.length === 0;
  return onlyHome && run.group.size.min === run.record.home.minSize ? { put: [], remove: [] } : change;
}

/** Decide, read again, decide on what really stands, then act. */
async function lookAgainAndWrite(run: Run, policy: WorkloadPolicy, floors: DecidedFloors): Promise<void> {
  const { ports, group, minute } = run;
  const known = run.record;
  const listed = await listActions(run);
  if (await meetsRival(run, known, listed)) return;
  const seen = look(run, policy, floors, listed);
  if (isNothing(seen.change) || isCrowded(run, seen)) return;
  const context = { decisionId: decisionId(run, 'floors') };
  // Should this run die half-way, the next one knows which steps may stand (S5).
  remember(run, { intended: seen.plan.steps });
  await ports.records.save(group.ref, run.record);
  const first = await writeSteps(run, seen, context);
  const { done, failures } =
    first.refused.length === 0 ? { done: first.done, failures: [] } : await onceMore();
  if (first.refused.length === 0) remember(run, { written: standingAfter(run, seen) });
  else await listActions(run);
  remember(run, { intended: undefined, ...(done > 0 && { writtenAt: minute }) });
  const [refused] = failures;
  if (refused) excuse(run, refusal(refused.code, refused.message));
  decide(run, decisionOf(run, floors, seen), outcomeOf(done, failures));

  /** The clock may have moved past a start, or somebody taken its minute: once more on what stands now, a minute later. */
  async function onceMore() {
    const again = look(run, policy, floors, await listActions(run), (run.firstStart + 1) as Minute);
    remember(run, { intended: [...seen.plan.steps, ...again.plan.steps] });
    await ports.records.save(group.ref, run.record);
    const second = await writeSteps(run, again, context).catch((error: Error) => {
      if (first.done === 0) throw error;
      return { done: 0, refused: first.refused };
    });
    // A step the second look can do without was refused all the same, and is told.
    const failures = isNothing(again.change) ? first.refused : second.refused;
    return { done: first.done + second.done, failures };
  }
}

function outcomeOf(done: number, failures: readonly ItemFailure[]): Outcome {
  const [first] = failures;
  if (first === undefined) return { kind: 'applied' };
  return done > 0
    ? { kind: 'partly-applied', failures }
    : { kind: 'failed', message: `${first.name}: ${first.message}` };
}

/** Lists and remembers. */
async function listActions(run: Run): Promise<readonly ScheduledAction[]> {
  const listed = await run.ports.scheduledActions.list(run.group.ref);
  remember(run, {
    written: [...justRun(run, listed), ...listed.filter(isOurs)],
    ownerActions: listed.filter((action) => !isOurs(action)),
    listedAt: run.minute,
  });
  return listed;
}

function standingAfter(run: Run, seen: Look): readonly ScheduledAction[] {
  const changed = new Set([...seen.change.put.map((step) => step.name), ...seen.change.remove]);
  const kept = run.record.written.filter((step) => !changed.has(step.name));
  return [...kept, ...seen.change.put].sort((a, b) => a.start - b.start);
}

/** S1: in observe and recommend nothing is written, and what an earlier mode wrote is taken back. */
async function tellOnly(run: Run, policy: WorkloadPolicy, floors: DecidedFloors, seen: Look): Promise<void> {
  await takeBack(run, { reason: 'mode-does-not-allow', home: 'stays' });
  excuse(run, { code: 'mode-does-not-allow', bottleneck: MODE_TAG, facts: { mode: policy.mode } });
  const day = Math.floor(run.minute / MINUTES_PER_DAY);
  if (policy.mode !== 'recommend' || isNothing(seen.change) || run.record.toldDay === day) return;
  remember(run, { toldDay: day });
  decide(run, decisionOf(run, floors, seen), { kind: 'told', because: 'mode-does-not-allow' });
}

function decisionOf(run: Run, floors: DecidedFloors, { plan, change, minSizeNow }: Look): FloorsDecision {
  const peak = highest(plan.segments);
  const { demandNow } = floors;
  return {
    kind: 'floors',
    floorBefore: minSizeNow,
    floorNow: plan.segments[0]?.floor ?? minSizeNow,
    peak: { floor: peak?.floor ?? minSizeNow, at: peak?.start ?? run.minute },
    strategy: floors.strategy,
    put: change.put.length,
    removed: change.remove.length,
    ...(demandNow === undefined ? {} : { demandNow }),
    ...(demandNow === undefined ? {} : { needNow: demandNow / floors.sloUtilisation }),
  };
}

function highest(segments: readonly Segment[]): Segment | undefined {
  return segments.reduce<Segment | undefined>(
    (best, each) => (best === undefined || (each.floor ?? 0) > (best.floor ?? 0) ? each : best),
    undefined,
  );
}

function refusal(code: string, message: string): Excuse {
  return { code: 'write-refused', bottleneck: code, facts: { message } };
}

function isNothing(change: PlanDifference): boolean {
  return change.put.length === 0 && change.remove.length === 0;
}
