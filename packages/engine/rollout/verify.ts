import { carriedForward, meanKnown } from '@evenkeel/core/demand';
import type { ShapeProposedDecision } from '@evenkeel/core/explain';
import { tunablePolicy } from '@evenkeel/core/guard';
import { MINUTES_PER_DAY, type Minute, type Minutes } from '@evenkeel/core/quantities';
import {
  believedRatio,
  type DayAfter,
  type ImpliedRatio,
  impliedRatio,
  isBelievable,
  isKept,
  paidAnyway,
  type RolloutPlan,
  type VerifiedSaving,
  verifiedSaving,
} from '@evenkeel/core/rollout';
import { parsePolicy } from '@evenkeel/core/workload';
import type { ShapeStep } from '../ports/index.ts';
import { worldOf } from '../review/learn.ts';
import { loadRecord } from '../run/load-record.ts';
import { DEFAULT_SETTINGS } from '../run/settings.ts';
import { inTodaysUnits } from '../run/shape-units.ts';
import { floorsFromTrail } from '../tick/floor-trail.ts';
import { minuteNow, type Rollout, record } from './deps.ts';

/** A replay begins so long before what counts that its first size does not matter. */
const WARM_UP: Minutes = 60;

/** What came of a look a day after. */
export type Verification = 'kept' | 'not-kept' | 'not-measured';

/** So many days before the change are compared with the day after it. */
const DAYS_BEFORE = 15;

/**
 * A day after: what the old shape would have cost on the demand that really came, replayed, against what the new one did. How many old
 * instances a new one is worth is not taken from the canary alone: where the days before contradict it, another day is waited for, and the
 * last day's answer is believed. Where too little of the promise was kept, the way back is proposed. A day that was not measured, or whose
 * replay does not match (S9), says nothing.
 */
export async function verify(rollout: Rollout, isLast: boolean): Promise<Verification> {
  const { plan } = rollout;
  const day = await readDayAfter(rollout);
  if (!day || (day.contradicted && !isLast)) return 'not-measured';
  const saving = verifiedSaving(day);
  if (!saving || !isBelievable(saving)) return 'not-measured';
  const promised = promiseOf(plan);
  const kept = isKept(saving, promised.share);
  const { usdPerMonth, hotMinutes, instances, replayError } = saving;
  await record(rollout, 'shape-verified', {
    decision: {
      kind: 'shape-verified',
      rollout: plan.id,
      to: { ...plan.to, count: Math.round(instances.fresh) },
      promised: promised.usdPerMonth,
      measured: usdPerMonth.old - usdPerMonth.fresh,
      dollarsPerMonth: { before: usdPerMonth.old, after: usdPerMonth.fresh },
      hotMinutes: { before: hotMinutes.old, after: hotMinutes.fresh },
      kept,
      replayError,
    },
  });
  if (!kept) await proposeBack(rollout, saving, day);
  return kept ? 'kept' : 'not-kept';
}

/** Nobody could say in several days whether it was worth it: that is told as what it is. */
export async function notVerified(rollout: Rollout): Promise<void> {
  const facts = { rollout: rollout.plan.id };
  await record(rollout, 'not-verified', {
    excuses: [{ code: 'replay-does-not-match', bottleneck: 'the day after the change', facts }],
  });
}

type Day = DayAfter & { readonly demandOfDay: number; readonly contradicted: boolean };

async function readDayAfter({ ports, ref, plan, now, settings }: Rollout): Promise<Day | undefined> {
  const at = minuteNow({ now });
  const group = await ports.groups.read(ref);
  const kept = await loadRecord(ports, ref);
  const parsed = group && parsePolicy(group.tags);
  const step = kept?.shapes?.find(({ rollout: id }) => id === plan.id);
  const tunable = group && tunablePolicy(group.policies);
  if (!group || !kept || !step || !parsed?.ok || tunable?.kind !== 'tunable') return undefined;
  const start = Math.max(at - MINUTES_PER_DAY, step.at) as Minute;
  const reading = await ports.metrics.demand(ref, start, at);
  const demand = carriedForward(reading.demand.values);
  const from = WARM_UP;
  const run = { group, record: kept, settings: DEFAULT_SETTINGS };
  const implied = await readImplied({ ports, ref }, { at, step, steps: kept.shapes ?? [], after: demand });
  const { ratio, contradicted } = believedRatio(step.ratio, implied);
  return {
    demand,
    inService: reading.inService,
    from,
    world: worldOf(run, parsed.policy, reading.periodMinutes),
    target: tunable.policy.target / 100,
    floors: floorsFromTrail(run, start, demand.length),
    ratio,
    contradicted,
    oldMinimum: step.minimumBefore ?? kept.home.minSize,
    usdPerInstanceHour: plan.usdPerInstanceHour,
    paidAnyway: paidAnyway(plan, settings.prices),
    demandOfDay: meanKnown(demand.subarray(from)) || 0,
  };
}

/** Days before the refresh began, in the instances of then, against the day after it. */
async function readImplied(
  { ports, ref }: Pick<Rollout, 'ports' | 'ref'>,
  change: {
    readonly at: Minute;
    readonly step: ShapeStep;
    readonly steps: readonly ShapeStep[];
    readonly after: Float64Array;
  },
): Promise<ImpliedRatio | undefined> {
  const { at, step, steps, after } = change;
  const began = step.began ?? step.at;
  const from = (at - DAYS_BEFORE * MINUTES_PER_DAY) as Minute;
  const { demand } = await ports.metrics.demand(ref, from, began);
  const earlier = steps.filter((each) => each.at < step.at);
  const values = inTodaysUnits(earlier, demand.start, Float64Array.from(demand.values));
  const before = new Map<number, Float64Array>();
  for (let days = 1; days <= DAYS_BEFORE; days++) {
    const start = at - days * MINUTES_PER_DAY - demand.start;
    const isWhole = start >= 0 && start + MINUTES_PER_DAY <= values.length;
    if (isWhole) before.set(days, values.subarray(start, start + MINUTES_PER_DAY));
  }
  // The newest day, as long as it is.
  const newest = new Float64Array(MINUTES_PER_DAY).fill(Number.NaN);
  newest.set(after.subarray(-MINUTES_PER_DAY), Math.max(0, MINUTES_PER_DAY - after.length));
  return impliedRatio(newest, before);
}

/** What was told when the change was proposed: money a month, and as a share of the bill, which holds on a quiet day too. */
function promiseOf({ expected, from, to, usdPerInstanceHour }: RolloutPlan) {
  const { before, after } = expected.dollarsPerMonth ?? {
    before: from.count * usdPerInstanceHour.old,
    after: to.count * usdPerInstanceHour.fresh,
  };
  return { usdPerMonth: before - after, share: 1 - after / before };
}

/** The way back is a proposal like any other, but that it always asks: whoever starts proposals carries it out once somebody approved it. */
async function proposeBack(rollout: Rollout, saving: VerifiedSaving, day: Day): Promise<void> {
  const { plan, settings } = rollout;
  const { instances, usdPerMonth } = saving;
  const vcpus = { old: plan.vcpus.fresh, fresh: plan.vcpus.old };
  const usdPerInstanceHour = { old: plan.usdPerInstanceHour.fresh, fresh: plan.usdPerInstanceHour.old };
  const decision: ShapeProposedDecision = {
    kind: 'shape-proposed',
    from: { ...plan.to, count: Math.round(instances.fresh) },
    to: { ...plan.from, count: Math.round(instances.old) },
    expected: {
      dollarsPerMonth: { before: usdPerMonth.fresh, after: usdPerMonth.old },
      ...(plan.expected.priceBasis && { priceBasis: plan.expected.priceBasis }),
      hotMinutesPerDay: { before: saving.hotMinutes.fresh, after: saving.hotMinutes.old },
    },
    // One old instance carries 1 / ratio of a new one.
    performanceFactor: vcpus.old / vcpus.fresh / day.ratio,
    priceFactor: usdPerInstanceHour.fresh / vcpus.fresh / (usdPerInstanceHour.old / vcpus.old),
    asks: true,
    expires: (minuteNow(rollout) + settings.approvalMinutes) as Minute,
    terms: { vcpus, usdPerInstanceHour, size: instances.fresh, demand: day.demandOfDay },
    wayBackOf: plan.id,
  };
  await record(rollout, 'way-back', { decision, outcome: { kind: 'told', because: 'asks' } });
}
