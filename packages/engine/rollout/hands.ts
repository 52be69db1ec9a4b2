import type { Excuse } from '@evenkeel/core/explain';
import {
  HOME_AHEAD_MINUTES,
  HOME_STEP_NAME,
  isOurs,
  type ScheduledAction,
  stepName,
} from '@evenkeel/core/plan';
import { type Instances, MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { convertInstances, convertMinimum, type Guard, isSameSize } from '@evenkeel/core/rollout';
import { groupKey, groupScope } from '../ports/index.ts';
import { loadRecord } from '../run/load-record.ts';
import { firstStartAt } from '../run/run.ts';
import { minuteNow, type Rollout, rolloutDecisionId } from './deps.ts';

/** A rollout's hold ends by itself after this long, whatever becomes of the rollout. */
const HOLD_MINUTES = 4 * MINUTES_PER_DAY;
/** A way home that stands nearer than this is moved on. */
const HOME_NEAR_MINUTES = HOME_AHEAD_MINUTES - 60;

/** S14: floors and target keep their hands off while a rollout stands; what stands in the group stays, so floors do not fall (S21). */
export async function placeHold(rollout: Rollout): Promise<void> {
  const { plan, ports } = rollout;
  const since = minuteNow(rollout);
  await ports.holds.place({
    kind: 'deploy',
    scope: groupScope(rollout.ref),
    since,
    until: (since + HOLD_MINUTES) as Minute,
    by: `the change to ${plan.to.types[0]}`,
    note: plan.id,
  });
}

export async function liftHold(rollout: Rollout): Promise<void> {
  const { plan, ports } = rollout;
  const holds = await ports.holds.inForce({
    workload: plan.workload,
    group: groupKey(rollout.ref),
    at: minuteNow(rollout),
  });
  const ours = holds.some((hold) => hold.note === plan.id);
  if (ours) await ports.holds.lift(groupScope(rollout.ref), 'deploy');
}

/**
 * Sets MinSize to `floor` as early as AWS allows, the way every floor is set, and moves the home step behind the rollout. Does nothing where
 * MinSize is there already. Remembers what was written, so that the tick takes it for ours.
 */
export async function putFloor(rollout: Rollout, floor: Instances): Promise<void> {
  const { ports, ref, plan } = rollout;
  const group = await ports.groups.read(ref);
  const record = await loadRecord(ports, ref);
  if (!group || !record) return;
  const now = minuteNow(rollout);
  const standing = await ports.scheduledActions.list(ref);
  const taken = new Set(standing.map(({ start }) => start));
  const free = (from: number): Minute => {
    let start = from;
    while (taken.has(start as Minute)) start += 1;
    taken.add(start as Minute);
    return start as Minute;
  };
  const home = standing.find(({ name }) => name === HOME_STEP_NAME);
  const wanted: ScheduledAction[] = [];
  if (group.size.min !== floor) {
    const start = free(firstStartAt(rollout.now()));
    wanted.push({ name: stepName(ref.name, start), start, minSize: Math.min(floor, group.size.max) });
  }
  if (home === undefined || home.start < now + HOME_NEAR_MINUTES || home.minSize !== record.home.minSize) {
    wanted.push({
      name: HOME_STEP_NAME,
      start: free(now + HOME_AHEAD_MINUTES),
      minSize: record.home.minSize,
    });
  }
  if (wanted.length === 0) return;
  const context = { decisionId: rolloutDecisionId(plan, 'floor') };
  const failures = await ports.scheduledActions.put(ref, wanted, context);
  const failed = new Set(failures.map(({ name }) => name));
  const kept = standing.filter((each) => isOurs(each) && !wanted.some(({ name }) => name === each.name));
  const written = [...kept, ...wanted.filter(({ name }) => !failed.has(name))];
  const fresh = await loadRecord(ports, ref);
  if (fresh) await ports.records.save(ref, { ...fresh, written, writtenAt: now, lastFloor: floor });
}

/** S22: home and the floor in force become numbers of the new instances, once. */
export async function convertNumbers(rollout: Rollout, ratio: number, began: Minute): Promise<void> {
  const { ports, ref, plan } = rollout;
  const record = await loadRecord(ports, ref);
  const group = await ports.groups.read(ref);
  if (!record || !group) return;
  const steps = record.shapes ?? [];
  if (steps.some(({ rollout: id }) => id === plan.id)) return;
  const zonesAtRisk = plan.tier <= 1 && group.zones.length > 1 ? group.zones.length : 0;
  const minimumBefore = record.home.minSize;
  // A way back gives the owner's own number back, not the number of a number.
  const before = steps.find(({ rollout: id }) => id === plan.wayBackOf)?.minimumBefore;
  const minSize = before ?? convertMinimum(minimumBefore, { ratio, zonesAtRisk });
  const step = { rollout: plan.id, at: minuteNow(rollout), began, ratio, minimumBefore };
  await ports.records.save(ref, {
    ...record,
    home: { ...record.home, minSize },
    shapes: [...steps, step].slice(-MOST_SHAPES),
    // What was replayed of days in the old shape says nothing of the new one (S9).
    days: [],
  });
  if (isSameSize(ratio) || ratio < 1) return;
  // Smaller ones: the floor rose before the first was replaced. Larger ones: it falls now, after the last.
  const floor = convertInstances(record.lastFloor ?? group.size.min, ratio);
  await putFloor(rollout, Math.max(minSize, floor));
}

const MOST_SHAPES = 10;

/** Makes the guards (S20); making them twice makes one of each. */
export async function makeGuards(rollout: Rollout, guards: readonly Guard[]): Promise<void> {
  const context = { decisionId: rolloutDecisionId(rollout.plan, 'guards') };
  await rollout.ports.guardAlarms.create(rollout.ref, guards, context);
}

export async function removeGuards(rollout: Rollout, guards: readonly Guard[]): Promise<void> {
  const own = guards.filter((guard) => guard.kind !== 'named').map(({ name }) => name);
  const context = { decisionId: rolloutDecisionId(rollout.plan, 'guards') };
  await rollout.ports.guardAlarms.remove(rollout.ref, own, context);
}

/** S20: a guard that is not OK, if there is one. */
export async function guardNotOk(rollout: Rollout, guards: readonly Guard[]): Promise<Excuse | undefined> {
  const names = guards.map(({ name }) => name);
  const states = await rollout.ports.guardAlarms.states(rollout.ref, names);
  const index = states.findIndex((state) => state !== 'ok');
  if (index < 0) return undefined;
  const facts = { alarm: names[index] ?? '', state: states[index] ?? 'missing' };
  return { code: 'guard-not-ok', bottleneck: 'guard', facts };
}
