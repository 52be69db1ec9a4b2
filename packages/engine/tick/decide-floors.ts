import { type DemandSeries, withoutAnnounced } from '@evenkeel/core/demand';
import { nameStrategy, type Profile, RECENT_MINUTES } from '@evenkeel/core/forecast';
import { anomalyOf, belowBand, isFalling, judgeDemand, learnUsual } from '@evenkeel/core/guard';
import { expandSteps, type FloorSchedule, floorsAhead, highestNeedBy, holdFloors } from '@evenkeel/core/plan';
import {
  type CapacityUnits,
  ceilInstances,
  type Instances,
  MINUTES_PER_DAY,
  type Minute,
  type Utilisation,
} from '@evenkeel/core/quantities';
import { seriesKey, type WorkloadPolicy } from '@evenkeel/core/workload';
import type { DemandReading, ExpectedEvent } from '../ports/index.ts';
import { announcedOf, isBoost } from '../run/expected.ts';
import { loadProfile } from '../run/load-profile.ts';
import { excuse, type Run, remember } from '../run/run.ts';
import { isLiving, shareOf, siblingsSince, sumSeries } from '../run/series.ts';
import { inInstancesOf, inTodaysUnits, profileUnits, ratiosFor } from '../run/shape-units.ts';
import { sizeBefore } from './event-trail.ts';
import { pendingMinSize, standingActions } from './standing.ts';
import { needOfYesterday, usualBy, withBoosts, withEvents } from './with-events.ts';

/** The floors of the next 24 hours with the numbers that made them. */
export interface DecidedFloors {
  readonly schedule: FloorSchedule;
  readonly strategy: string;
  /** Absent while an expected event is near: it may lift floors beyond all history (S2). */
  readonly highestNeed?: number;
  readonly demandNow?: CapacityUnits;
  readonly sloUtilisation: Utilisation;
  /** What was announced or asked for and holds now, and the first floor without it. */
  readonly events: { readonly inForce: readonly ExpectedEvent[]; readonly floorWithout: Instances };
}

const HORIZON_MINUTES = MINUTES_PER_DAY;
/** Steps of the next hour are looked at when it is asked whether a floor would fall. */
const NEAR_STEPS = 12;

/** Reads recent demand and lets the profile make floors of it; floors only rise where the data cannot be trusted (S6). */
export async function decideFloors(run: Run, policy: WorkloadPolicy): Promise<DecidedFloors | undefined> {
  const profile = await loadProfile(run.ports, seriesKey(policy));
  if (!profile) {
    excuse(run, { code: 'insufficient-history', bottleneck: 'the first nightly review', facts: { days: 0 } });
    return undefined;
  }
  const reading = await readDemand(run);
  const footing = judgeDemand(reading.demand, reading.inService, run.minute, reading.periodMinutes);
  // The profile counts in the instances of the night it was learned in (S22): demand goes in, floors come out.
  const units = await profileUnits(run, seriesKey(policy), profile);
  const today = inTodaysUnits(run.record.shapes, footing.demand.start, footing.demand.values.slice());
  const series = await seriesDemand(run, policy, {
    own: inUnits({ ...footing.demand, values: today }, units),
    type: profile.instanceType,
  });
  const { demand, share } = series;
  const { expected } = await run.ports.settings.load(policy.workload);
  const usual = withoutAnnounced(demand, announcedOf(expected), usualBy(profile));
  const ahead = scaled(floorsAhead(profile, usual, run.minute), share / units);
  const near = expected.filter(
    (event) => event.until > run.minute && event.from < run.minute + HORIZON_MINUTES,
  );
  const yesterday = needOfYesterday(usual, policy.sloUtilisation);
  const announced = withEvents(
    ahead,
    near.filter((event) => !isBoost(event)),
    {
      lead: profile.lead,
      ground: (start) => (ahead.footing === 'none' ? ceilInstances((yesterday(start) * share) / units) : 0),
    },
  );
  const asked = withBoosts(announced, near.filter(isBoost), (boost) => sizeBefore(run, boost));
  const wanted = onlyNumbers(run, asked);
  const braked = run.settings.loweringStopped === true && wouldFall(run, policy, wanted);
  if (braked) excuse(run, { code: 'fleet-brake', bottleneck: 'the fleet', facts: {} });
  const isKnown = series.isWhole && wanted === asked;
  const isSound = footing.kind === 'sound' && isKnown && ahead.footing !== 'day-ahead';
  const mayFall = isSound && !run.settings.loweringStopped;
  if (footing.kind === 'untrusted') excuse(run, footing.excuse);
  const suspicious = isFalling(footing.demand) || wasAnomalous(run);
  const below =
    mayFall && wouldFall(run, policy, wanted)
      ? belowBand(demand, profile.lowest ?? [], profile.learnedAt)
      : undefined;
  if (below) excuse(run, below);
  const anomalous = mayFall && !below && suspicious && (await isAnomalous(run, policy, wanted));
  const schedule = mayFall && !below && !anomalous ? wanted : held(run, wanted);
  return {
    schedule,
    strategy: nameStrategy(profile.strategy),
    sloUtilisation: policy.sloUtilisation,
    events: {
      inForce: near.filter((event) => event.from <= run.minute),
      floorWithout: ahead.floors[0] ?? run.record.home.minSize,
    },
    ...(near.length > 0 ? {} : capOf(profile, { recent: usual, units })),
    ...(footing.kind === 'sound' ? { demandNow: footing.demandNow } : {}),
  };
}

/** S6: a floor that is no number, whatever made it so, asks for nothing and lowers nothing. */
function onlyNumbers(run: Run, schedule: FloorSchedule): FloorSchedule {
  if (!schedule.floors.some(Number.isNaN)) return schedule;
  const facts = { demand: 'not a number', inService: run.group.inService };
  excuse(run, { code: 'implausible-demand', bottleneck: 'floors', facts });
  return { ...schedule, floors: schedule.floors.map((floor) => (Number.isNaN(floor) ? 0 : floor)) };
}

function capOf(
  profile: Profile,
  { recent, units }: { readonly recent: DemandSeries; readonly units: number },
): { readonly highestNeed?: number } {
  // A profile without any need seen yet has nothing to cap by.
  if (profile.highestNeed <= 0) return {};
  return { highestNeed: highestNeedBy(profile, recent.values) / units };
}

/** Recent demand; a read that fails counts as no data. */
async function readDemand(run: Run): Promise<DemandReading> {
  const from = (run.minute - RECENT_MINUTES) as Minute;
  const none = new Float64Array(0);
  const nothing = {
    demand: { start: from, values: none },
    inService: none,
    periodMinutes: run.group.metricPeriod,
  };
  return (
    (await unlessUnread(run, () => run.ports.metrics.demand(run.group.ref, from, run.minute))) ?? nothing
  );
}

/** S6: metrics that cannot be read are an excuse, and lower nothing; the run goes on. */
async function unlessUnread<Value>(run: Run, read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    const facts = { message: error instanceof Error ? error.message : String(error) };
    excuse(run, { code: 'missing-metrics', bottleneck: 'CloudWatch', facts });
    return undefined;
  }
}

/** S17: the demand of the whole series, in the profile's instances, and this group's share of it; whole where every part was read. */
async function seriesDemand(
  run: Run,
  policy: WorkloadPolicy,
  { own, type }: { readonly own: DemandSeries; readonly type: string | undefined },
): Promise<{ readonly demand: DemandSeries; readonly share: number; readonly isWhole: boolean }> {
  const { metrics } = run.ports;
  const from = (run.minute - RECENT_MINUTES) as Minute;
  const siblings = siblingsSince(run, from);
  if (siblings.length === 0) return { demand: own, share: 1, isWhole: true };
  const ratios = await ratiosFor(run, policy, { siblings, type });
  const readings: { readonly demand: DemandSeries; readonly living: boolean }[] = [];
  for (const sibling of siblings) {
    const reading = await unlessUnread(run, () => metrics.demand(sibling.ref, from, run.minute, run.group));
    if (reading === undefined) continue;
    const demand = { ...reading.demand, inService: reading.inService };
    readings.push({
      demand: inInstancesOf(type, sibling, { demand, ratios }),
      living: isLiving(sibling, run.minute),
    });
  }
  const living = readings.filter((each) => each.living).map((each) => each.demand);
  return {
    demand: sumSeries([own, ...readings.map((each) => each.demand)]),
    share: shareOf(own, living),
    isWhole: readings.length === siblings.length,
  };
}

/** Demand in other instances than those it was read in. */
function inUnits(demand: DemandSeries, units: number): DemandSeries {
  if (units === 1) return demand;
  const { inService } = demand;
  return {
    ...demand,
    values: Float64Array.from(demand.values, (value) => value * units),
    ...(inService && { inService: Float64Array.from(inService, (count) => count * units) }),
  };
}

function scaled<S extends FloorSchedule>(schedule: S, share: number): S {
  if (share === 1) return schedule;
  return { ...schedule, floors: schedule.floors.map((floor) => ceilInstances(floor * share)) };
}

/** S6: guard signals are read only when demand falls and a floor would; where one has risen, or none can be read, nothing is lowered. */
async function isAnomalous(run: Run, policy: WorkloadPolicy, wanted: FloorSchedule): Promise<boolean> {
  if (!wouldFall(run, policy, wanted)) return false;
  const signals = await unlessUnread(run, () => run.ports.metrics.guard(run.group.ref, run.minute));
  if (signals === undefined) return true;
  const usual = run.record.guardBaseline ?? {};
  const anomaly = anomalyOf(signals, usual);
  if (anomaly) {
    excuse(run, anomaly);
    return true;
  }
  if (Object.keys(signals).length > 0) remember(run, { guardBaseline: learnUsual(usual, signals) });
  return false;
}

/** An anomaly lasts until its signals are back, however long ago demand fell. */
function wasAnomalous(run: Run): boolean {
  return (run.record.excuses ?? []).some((key) => key.startsWith('tick:anomaly'));
}

function wouldFall(run: Run, policy: WorkloadPolicy, { floors }: FloorSchedule): boolean {
  let level: Instances = Math.min(pendingMinSize(run), run.group.size.max);
  const lowest = policy.bounds?.min ?? run.record.home.minSize;
  for (const floor of floors.slice(0, NEAR_STEPS)) {
    const effective = Math.max(floor, lowest);
    if (effective < level) return true;
    level = effective;
  }
  return false;
}

function held(run: Run, wanted: FloorSchedule): FloorSchedule {
  const level = pendingMinSize(run);
  const span = { from: wanted.from, minutes: wanted.floors.length * wanted.stepMinutes };
  return holdFloors(wanted, expandSteps(standingActions(run), level, span), level);
}
