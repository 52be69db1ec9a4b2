import { COMPOUNDS } from '../../forecast/compounds.ts';
import { type Past, QUANTILES } from '../../forecast/forecaster.ts';
import { FORECASTERS } from '../../forecast/forecasters.ts';
import { BLEND, type Strategy, sparedPart } from '../../forecast/strategy.ts';
import { HIGHEST_NEED_FACTOR } from '../../plan/clamp-floors.ts';
import {
  ceilInstances,
  MINUTES_PER_DAY,
  type Minute,
  TICK_MINUTES,
  TICKS_PER_DAY,
} from '../../quantities.ts';
import type { SurgeRule } from '../advance-tracked.ts';
import { newestReadable, type Run } from '../kernel.ts';
import type { World } from '../world.ts';
import {
  type BlendBook,
  blendDay,
  type CompoundBook,
  compoundDay,
  createBlendBook,
  createBook,
  createCompoundBook,
  type FloorBook,
  learn,
  learnWeights,
  type Pages,
  type Said,
  writeDay,
} from './floor-book.ts';
import { type DayCost, dayPlayer, floorsPerMinute, WARM_UP_MINUTES } from './play-day.ts';
import { allStrategies } from './strategies.ts';

/** As far back as reviews look, live and replayed. */
export const HISTORY_DAYS = 28;

/**
 * A tournament under way: the demand so far, what each forecaster learned and said, and what each strategy cost on each
 * day. It goes on day by day, and gives the same as one held from the beginning.
 */
export interface Tournament {
  readonly world: World;
  readonly start: Minute;
  /** Whole days played. */
  days: number;
  /** What the group showed per minute, which is what forecasters read at a tick (capacity units). */
  readonly visible: Float64Array;
  /** What was plausibly asked of it: what lessons are learned from and strategies are charged for. */
  readonly values: Float64Array;
  readonly came: Float64Array;
  readonly servable: Float64Array;
  readonly books: readonly FloorBook[];
  readonly blend: BlendBook;
  readonly compounds: readonly CompoundBook[];
  readonly strategies: readonly Strategy[];
  /** billed[strategy][day] and shortage[strategy][day], instance-minutes. */
  readonly billed: readonly Float64Array[];
  readonly shortage: readonly Float64Array[];
  readonly recycle: { run?: Run };
}

/** A tournament for at most `days` days that begins at the day boundary `start`. */
export function createTournament(options: {
  readonly world: World;
  readonly start: Minute;
  readonly days: number;
  readonly strategies?: readonly Strategy[];
}): Tournament {
  const { world, start, days } = options;
  const strategies = options.strategies ?? allStrategies(world.sloUtilisation);
  return {
    world,
    start,
    days: 0,
    visible: new Float64Array(days * MINUTES_PER_DAY),
    values: new Float64Array(days * MINUTES_PER_DAY),
    came: new Float64Array(days * TICKS_PER_DAY).fill(Number.NaN),
    servable: new Float64Array(days * TICKS_PER_DAY).fill(Number.NaN),
    books: FORECASTERS.map((forecaster) => createBook(forecaster, days)),
    blend: createBlendBook(FORECASTERS.length, days),
    compounds: COMPOUNDS.map((compound) => createCompoundBook(compound, days)),
    strategies,
    billed: strategies.map(() => new Float64Array(days)),
    shortage: strategies.map(() => new Float64Array(days)),
    recycle: {},
  };
}

/** Floors must serve the highest demand of this many minutes after the tick: until the next floor's launches serve. */
export function leadOf(world: World): number {
  return world.startup + TICK_MINUTES - 1 + world.floorDelay;
}

/**
 * Plays one more day and lets every forecaster learn from it. `visible` is what the group showed (1440 values, capacity
 * units, no gaps); `demand` what was plausibly asked of it, where that is known to differ.
 */
export function playDay(tournament: Tournament, visible: Float64Array, demand: Float64Array = visible): void {
  const { world, books } = tournament;
  const day = tournament.days;
  tournament.visible.set(visible, day * MINUTES_PER_DAY);
  tournament.values.set(demand, day * MINUTES_PER_DAY);
  tournament.days += 1;
  const lead = leadOf(world);
  recordWhatCame(tournament, lead);
  if (day > 0) {
    const pages = pagesOf(tournament, lead);
    for (const book of books) writeDay(book, pages, day);
    blendDay(tournament.blend, books, day);
    for (const book of tournament.compounds) compoundDay(book, (name) => saidOf(tournament, name), day);
    playStrategies(tournament, day);
    learnWeights(tournament.blend, books, tournament.came, tournament.days * TICKS_PER_DAY);
  }
  const past: Omit<Past, 'centres' | 'rows'> = { ...tournament, lead };
  for (const book of books) learn(book, past);
}

function pagesOf({ world, visible, start }: Tournament, lead: number): Pages {
  const { metricDelay, metricBlock } = world;
  return { visible, start, lead, newestAt: (minute) => newestReadable(minute, metricDelay, metricBlock) };
}

/** What came within the lead of every tick for which it is known by now, and of that what its launches could serve. */
function recordWhatCame({ world, values, came, servable, days }: Tournament, lead: number): void {
  const known = days * MINUTES_PER_DAY;
  const first = Math.max(0, (days - 1) * TICKS_PER_DAY - Math.ceil(lead / TICK_MINUTES));
  for (let tick = first; tick * TICK_MINUTES + lead < known; tick++) {
    const now = tick * TICK_MINUTES;
    const serves = now + world.floorDelay + world.startup;
    servable[tick] = highestWithin(values, serves, now + lead);
    came[tick] = Math.max(servable[tick]!, highestWithin(values, now + 1, serves - 1));
  }
}

function highestWithin(values: Float64Array, first: number, last: number): number {
  let highest = 0;
  for (let m = first; m <= last; m++) if (values[m]! > highest) highest = values[m]!;
  return highest;
}

/**
 * What other strategies would have cost on the last days of a tournament, with the forecasts that were made then. They do not depend
 * on who plays, so nothing is learned anew, which is most of the work. It reads like a tournament of its own but does not go on.
 */
export function playOthers(tournament: Tournament, strategies: readonly Strategy[]): Tournament {
  const { days } = tournament;
  const others = {
    ...tournament,
    strategies,
    billed: strategies.map(() => new Float64Array(days)),
    shortage: strategies.map(() => new Float64Array(days)),
  };
  for (let day = Math.max(1, days - HISTORY_DAYS); day < days; day++) {
    others.days = day + 1;
    playStrategies(others, day);
  }
  return others;
}

function playStrategies(tournament: Tournament, day: number): void {
  const { world, values, strategies, billed, shortage, recycle } = tournament;
  const player = dayPlayer(world, values, day, recycle);
  const perMinute = new Uint16Array(MINUTES_PER_DAY + WARM_UP_MINUTES);
  const ceiling = Math.min(world.bounds.max, ceilInstances(HIGHEST_NEED_FACTOR * highestNeed(tournament)));
  let rule: Strategy['floors'] = 'none';
  let floors: Uint16Array | undefined;
  let last: DayCost | undefined;
  strategies.forEach((strategy, i) => {
    if (strategy.floors === 'none') floors = undefined;
    else if (rule === 'none' || !isSameRule(rule, strategy.floors)) {
      const said = saidBy(tournament, strategy.floors);
      floors = floorsPerMinute({
        world,
        said,
        day,
        ceiling,
        spared: sparedPart(strategy.floors),
        out: perMinute,
      });
    }
    rule = strategy.floors;
    // The same without a surge was played just before: where nothing saturated, a surge changes nothing.
    const calm =
      i > 0 && isSameButSurge(strategies[i - 1]!, strategy) && last !== undefined && !last.saturated;
    const cost = calm
      ? last!
      : player.play(strategy.target, { floors, surge: surgeOf(strategy, world, ceiling) });
    last = cost;
    billed[i]![day] = cost.billed;
    shortage[i]![day] = cost.shortage;
  });
}

/** Whether `then` is `first` with a surge added. */
function isSameButSurge(first: Strategy, then: Strategy): boolean {
  if (first.surge !== undefined || then.surge === undefined || first.target !== then.target) return false;
  if (first.floors === 'none' || then.floors === 'none') return first.floors === then.floors;
  return isSameRule(first.floors, then.floors);
}

function surgeOf({ surge }: Strategy, world: World, ceiling: number): SurgeRule | undefined {
  return surge !== undefined ? { factor: surge, ceiling, delay: world.floorDelay } : undefined;
}

/** The highest need of the last 28 days, in instances. */
export function highestNeed({ values, days, world }: Tournament): number {
  let highest = 0;
  for (let m = Math.max(0, days - HISTORY_DAYS) * MINUTES_PER_DAY; m < days * MINUTES_PER_DAY; m++) {
    if (values[m]! > highest) highest = values[m]!;
  }
  return highest / world.sloUtilisation;
}

/** What a strategy that plays cost on a day: billed + l x shortage, instance-minutes. */
export function costOfDay(
  { strategies, billed, shortage }: Tournament,
  strategy: Strategy,
  day: number,
  lossFactor: number,
): number {
  const i = strategies.indexOf(strategy);
  return billed[i]![day]! + lossFactor * shortage[i]![day]!;
}

type Rule = Exclude<Strategy['floors'], 'none'>;

function isSameRule(a: Rule, b: Rule): boolean {
  return a.forecaster === b.forecaster && a.quantile === b.quantile;
}

/** What a rule said at every tick of the tournament, in capacity units. */
export function saidBy(tournament: Tournament, { forecaster, quantile }: Rule): Float64Array {
  return saidOf(tournament, forecaster)[QUANTILES.indexOf(quantile)]!;
}

function saidOf({ blend, books, compounds }: Tournament, name: string): Said {
  if (name === BLEND) return blend.said;
  const book =
    books.find(({ forecaster }) => forecaster.name === name) ??
    compounds.find(({ compound }) => compound.name === name);
  if (!book) throw new RangeError(`${name} does not play in this tournament`);
  return book.said;
}
