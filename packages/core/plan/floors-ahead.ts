import { type DemandSeries, seriesEnd } from '../demand/series.ts';
import { blended } from '../forecast/blend.ts';
import { USUAL_QUANTILE } from '../forecast/compounds.ts';
import { QUANTILES } from '../forecast/forecaster.ts';
import { FORECASTERS, forecasterOf } from '../forecast/forecasters.ts';
import type { Profile } from '../forecast/profile.ts';
import { sparedPart } from '../forecast/strategy.ts';
import { surgeFloor } from '../forecast/surge.ts';
import { CELLS_PER_DAY, cellOf, RECENT_MINUTES, type Window } from '../forecast/window.ts';
import { servedBelowBand } from '../guard/band.ts';
import { ceilInstances, type Instances, type Minute, TICK_MINUTES } from '../quantities.ts';
import { HIGHEST_NEED_FACTOR } from './clamp-floors.ts';
import type { FloorSchedule } from './floor-schedule.ts';

/** Demand older than this when the tick runs is stale: nothing is said about the level now. */
const STALE_MINUTES = 15;
/** After this long half of what the present level is above the day-ahead forecast is still believed. */
const HALF_LIFE_MINUTES = 120;

/** What the first floors stand on: recent demand, the day-ahead quantiles alone, or nothing (a strategy without floors). */
export type Footing = 'recent' | 'day-ahead' | 'none';

/** The floors of the next 24 hours and what they stand on. With `day-ahead` footing nothing that stands may be lowered. */
export interface FloorsAhead extends FloorSchedule {
  readonly footing: Footing;
}

/**
 * The floors of the next 24 hours: 288 entries of 5 minutes from now + 1 on. The first comes from the level now and is
 * what a replay takes too; later ones run into the profile's day-ahead quantiles.
 *
 * `recent` is the visible demand the tick has read (capacity units per minute, NaN = missing), ending at the newest
 * readable minute: an hour is enough for most strategies, up to RECENT_MINUTES are used (CloudWatch bills a query by
 * metric, not by datapoint). A surge needs `recent.inService` too. Short gaps are bridged by the higher neighbour; stale or empty demand gives `day-ahead`.
 */
export function floorsAhead(profile: Profile, recent: DemandSeries, now: Minute): FloorsAhead {
  const from = (now + 1) as Minute;
  const window = windowOf(recent, now, profile.lead);
  const highest = highestNeedBy(profile, recent.values);
  const ahead = (minute: number) => dayAheadFloor(profile, minute, highest);
  if (profile.strategy.floors === 'none') {
    const floors = Array<number>(CELLS_PER_DAY).fill(0);
    if (window) floors[0] = floorNow(profile, window);
    return { from, stepMinutes: TICK_MINUTES, floors, footing: 'none' };
  }
  const first = window ? floorNow(profile, window) : ahead(from);
  const excess = Math.max(0, first - ahead(from));
  const floors = [first];
  for (let i = 1; i < CELLS_PER_DAY; i++) {
    const left = excess * 2 ** ((-i * TICK_MINUTES) / HALF_LIFE_MINUTES);
    floors.push(capped(highest, ahead(from + i * TICK_MINUTES) + left));
  }
  return { from, stepMinutes: TICK_MINUTES, floors, footing: window ? 'recent' : 'day-ahead' };
}

const quantiles = new Float64Array(QUANTILES.length);
const said = new Float64Array(FORECASTERS.length);
const weights = new Float64Array(FORECASTERS.length);

/** The floor of the next 5 minutes by the profile's strategy, which a replay and a live tick both take. */
export function floorNow(profile: Profile, window: Window): Instances {
  const { values, end } = window;
  const highest = highestNeedBy(profile, values.subarray(Math.max(0, end - RECENT_MINUTES), end));
  return Math.max(
    ruleFloor(profile, window, highest),
    surgeNow(profile, window, highest),
    bandFloor(profile, window, highest),
  );
}

/** S6 as a floor: an outage that looks like no demand does not empty the group. */
function bandFloor(profile: Profile, { start, values, end }: Window, highest: number): Instances {
  const demand = { start, values: values.subarray(0, end) };
  return capped(highest, servedBelowBand(demand, profile) / profile.sloUtilisation);
}

/**
 * The highest need that is known of, in instances: of the profile's 28 days, and of the demand that was read since
 * (capacity units, NaN = missing). Else floors of a day that rises above all days before it would stay where those were.
 */
export function highestNeedBy(profile: Profile, recent: ArrayLike<number>): number {
  let highest = profile.highestNeed * profile.sloUtilisation;
  for (let i = 0; i < recent.length; i++) if (recent[i]! > highest) highest = recent[i]!;
  return highest / profile.sloUtilisation;
}

function ruleFloor(profile: Profile, window: Window, highest: number): Instances {
  const { floors } = profile.strategy;
  if (floors === 'none') return 0;
  const k = QUANTILES.indexOf(floors.quantile);
  said.fill(0);
  weights.fill(0);
  profile.forecasters.forEach(({ name, weight, lesson }, f) => {
    forecasterOf(name).forecast(lesson, window, quantiles);
    said[f] = quantiles[k]!;
    weights[f] = weight;
  });
  const demand = Math.max(blended(weights, said), usualDemand(profile, window));
  return capped(highest, demand / profile.sloUtilisation - sparedPart(floors));
}

/** What floors are never below, where the rule has such a thing. */
function usualDemand({ least }: Profile, window: Window): number {
  if (!least) return 0;
  forecasterOf(least.name).forecast(least.lesson, window, quantiles);
  return quantiles[QUANTILES.indexOf(USUAL_QUANTILE)]!;
}

function surgeNow(profile: Profile, { values, end, inService }: Window, highest: number): Instances {
  if (inService === undefined || end === 0) return 0;
  const { surge } = profile.strategy;
  if (surge === undefined) return 0;
  const ceiling = ceilInstances(HIGHEST_NEED_FACTOR * highest);
  return surgeFloor(surge, { visible: values[end - 1]!, inService }, ceiling);
}

/** Never above 1.2 x the highest need of 28 days: a forecast that far out is more likely wrong than right. */
function capped(highest: number, need: number): Instances {
  return ceilInstances(Math.min(need, HIGHEST_NEED_FACTOR * highest));
}

/** The floor a minute asks for by the day-ahead quantiles, start-up included. */
function dayAheadFloor(profile: Profile, minute: number, highest: number): Instances {
  let demand = 0;
  for (let cell = cellOf(minute); cell <= cellOf(minute + profile.lead - 1); cell++) {
    let slot = cell - cellOf(profile.learnedAt);
    while (slot >= profile.dayAhead.length && slot >= CELLS_PER_DAY) slot -= CELLS_PER_DAY;
    demand = Math.max(demand, profile.dayAhead[slot] ?? 0);
  }
  return capped(highest, demand / profile.sloUtilisation);
}

/** The window a tick decides on; nothing where the newest demand is missing for too long. */
function windowOf(recent: DemandSeries, now: Minute, lead: number): Window | undefined {
  let newest = seriesEnd(recent) - 1;
  while (newest >= recent.start && Number.isNaN(recent.values[newest - recent.start])) newest--;
  if (newest < recent.start || now - newest > STALE_MINUTES) return undefined;
  const start = Math.max(recent.start, newest + 1 - RECENT_MINUTES) as Minute;
  const values = bridged(recent.values.slice(start - recent.start, newest + 1 - recent.start));
  const inService = recent.inService?.[newest - recent.start];
  return { values, start, end: values.length, now, lead, ...(inService === undefined ? {} : { inService }) };
}

/** Fills gaps with the higher of the values on either side, so that a missing datapoint never lowers a floor. */
function bridged(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!)) continue;
    let next = i;
    while (Number.isNaN(values[next]!)) next++;
    const fill = Math.max(values[i - 1] ?? 0, values[next]!);
    values.fill(fill, i, next);
    i = next;
  }
  return values;
}
