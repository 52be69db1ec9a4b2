import type { DemandSeries } from '../../demand/series.ts';
import { uncensored } from '../../demand/uncensored.ts';
import type { Excuse } from '../../explain/excuse.ts';
import type { Profile } from '../../forecast/profile.ts';
import { nameStrategy, type Strategy } from '../../forecast/strategy.ts';
import { MINUTES_PER_DAY, type Minute, type Utilisation } from '../../quantities.ts';
import type { World } from '../world.ts';
import { fillGaps } from './fill-gaps.ts';
import { type Coverage, coverageOfLastDay, hasLostFooting } from './footing.ts';
import { choose, type Standing, standings } from './standings.ts';
import { allStrategies } from './strategies.ts';
import { createTournament, HISTORY_DAYS, playDay, playOthers, type Tournament } from './tournament.ts';
import { writeProfile } from './write-profile.ts';

/** How carefully a live group is moved (S8, S10); the benchmark's score is taken without. */
export interface Pacing {
  /** Whole days of history before floors, and before the target is touched. */
  readonly daysForFloors: number;
  readonly daysForTarget: number;
  /** The most a target rises from one night to the next. */
  readonly targetStep: Utilisation;
}

export const LIVE_PACING: Pacing = { daysForFloors: 2, daysForTarget: 14, targetStep: 0.05 };
export const NO_PACING: Pacing = { daysForFloors: 0, daysForTarget: 0, targetStep: 1 };

export interface TournamentInput {
  /** Visible demand (and the group's size, to see past saturation), at most 28 days are used; NaN where missing. Parts of days at either end are left out. */
  readonly history: DemandSeries;
  readonly world: World;
  readonly lossFactor: number;
  /** The owner's own configuration: what stays where Evenkeel may not choose. */
  readonly ownTarget: Utilisation;
  readonly previous?: Profile;
  readonly pacing?: Pacing;
  /** false: the profile is not to be cut into a written plan, its day-ahead part may be left out. */
  readonly plan?: boolean;
  /** The strategies that may be chosen; all where not given. A group whose target is not to be touched has others. */
  readonly strategies?: readonly Strategy[];
  /**
   * The tournament of an earlier night: goes on with the days since, where it has the same world and strategies and room for
   * them; else one is held from the beginning.
   */
  readonly ongoing?: Tournament;
}

/** A result with the tournament as it stands after its last day: may be handed in again as `ongoing`. */
export interface HeldTournament extends TournamentResult {
  readonly tournament: Tournament;
}

export interface TournamentResult {
  readonly profile: Profile;
  readonly chosen: Standing | undefined;
  /** The best that was not chosen. */
  readonly runnerUp: Standing | undefined;
  /** The owner's own configuration on the same days. */
  readonly own: Standing | undefined;
  /** All strategies, the cheapest first. */
  readonly standings: readonly Standing[];
  readonly excuses: readonly Excuse[];
  /** How well the chosen strategy's floors covered the last day; absent where it has none. */
  readonly measured?: Coverage;
}

/** A new tournament has room for this many nights more before it is held from the beginning again. */
const ROOM_DAYS = 28;

/** Plays all strategies over a group's history and writes the profile of the best for its loss factor. */
export function holdTournament(input: TournamentInput): HeldTournament {
  const { history, ongoing } = input;
  const end = Math.floor((history.start + history.values.length) / MINUTES_PER_DAY);
  const first = Math.max(Math.ceil(history.start / MINUTES_PER_DAY), end - HISTORY_DAYS);
  const tournament = ongoing && goesOn(ongoing, input, end) ? ongoing : beginTournament(input, first, end);
  const played = (tournament.start + tournament.days * MINUTES_PER_DAY) as Minute;
  const values = fillGaps(history, played, Math.max(0, end * MINUTES_PER_DAY - played));
  const asked = askedOf(history, played, values);
  for (let from = 0; from < values.length; from += MINUTES_PER_DAY) {
    const to = from + MINUTES_PER_DAY;
    playDay(tournament, values.subarray(from, to), asked.subarray(from, to));
  }
  return { ...conclude(tournament, input), tournament };
}

/** Plays other strategies on the days of a tournament that was held, and writes the profile of the best of them. */
export function holdAgain(
  held: Tournament,
  input: Omit<TournamentInput, 'history' | 'world' | 'ongoing'>,
): HeldTournament {
  const tournament = playOthers(held, input.strategies ?? allStrategies(held.world.sloUtilisation));
  return { ...conclude(tournament, input), tournament };
}

/** What was plausibly asked of the group where it is known how large it was; else what it showed. */
function askedOf({ start, inService }: DemandSeries, from: Minute, visible: Float64Array): Float64Array {
  if (inService === undefined) return visible;
  const sizes = Float64Array.from(visible, (_, i) => inService[from - start + i] ?? Number.NaN);
  return uncensored(visible, sizes);
}

function beginTournament({ world, strategies }: TournamentInput, first: number, end: number): Tournament {
  return createTournament({
    world,
    start: (Math.min(first, end) * MINUTES_PER_DAY) as Minute,
    days: Math.max(0, end - first) + ROOM_DAYS,
    ...(strategies === undefined ? {} : { strategies }),
  });
}

function goesOn(ongoing: Tournament, input: TournamentInput, end: number): boolean {
  const played = ongoing.start / MINUTES_PER_DAY + ongoing.days;
  const room = ongoing.values.length / MINUTES_PER_DAY - ongoing.days;
  const asked = input.strategies ?? allStrategies(input.world.sloUtilisation);
  const same =
    JSON.stringify(ongoing.world) === JSON.stringify(input.world) &&
    JSON.stringify(ongoing.strategies) === JSON.stringify(asked);
  return same && end >= played && end - played <= room && played * MINUTES_PER_DAY >= input.history.start;
}

/** The result of a tournament as it stands after its last day. */
export function conclude(
  tournament: Tournament,
  input: Pick<TournamentInput, 'lossFactor' | 'ownTarget' | 'previous' | 'pacing' | 'plan'>,
): TournamentResult {
  const { lossFactor, ownTarget, previous, pacing = NO_PACING, plan } = input;
  const table = standings(tournament, lossFactor);
  const { allowed, excuses } = allowedBy(tournament, input, pacing);
  const candidates = table.filter(({ strategy }) => allowed(strategy));
  const owners: Strategy = { target: ownTarget, floors: 'none' };
  // Before the first choice the owner's own configuration is in use: it too is only left for something cheaper.
  const chosen = choose(candidates, nameStrategy(previous?.strategy ?? owners));
  const measured = chosen && coverageOfLastDay(tournament, chosen.strategy);
  // Wrong for a day: the reflex alone, on the target that served best without floors, until the forecast is right again.
  const reflex = candidates.find(({ strategy }) => strategy.floors === 'none')?.strategy;
  const lost =
    chosen !== undefined &&
    hasLostFooting(tournament, { measured, chosen: chosen.strategy, reflex, lossFactor });
  const strategy = (lost ? reflex : chosen?.strategy) ?? owners;
  const target = Math.min(strategy.target, (previous?.strategy.target ?? ownTarget) + pacing.targetStep);
  return {
    profile: writeProfile(
      tournament,
      { ...strategy, target },
      { lossFactor, ...(plan === undefined ? {} : { plan }), ...(lost ? { footing: 'lost' } : {}) },
    ),
    chosen,
    ...(measured === undefined ? {} : { measured }),
    runnerUp: candidates.find((standing) => standing !== chosen),
    own: table.find(({ name }) => name === nameStrategy(owners)),
    standings: table,
    excuses,
  };
}

/** Which strategies the length of history allows, with the excuse for the others. */
function allowedBy(tournament: Tournament, input: Pick<TournamentInput, 'ownTarget'>, pacing: Pacing) {
  const { days } = tournament;
  const floorsAllowed = days >= pacing.daysForFloors;
  const targetAllowed = days >= pacing.daysForTarget && hasTwoWeekends(tournament, pacing);
  const excuses: Excuse[] = [];
  const facts = { days, forFloors: pacing.daysForFloors, forTarget: pacing.daysForTarget };
  if (!floorsAllowed || !targetAllowed || days < 2) {
    excuses.push({ code: 'insufficient-history', bottleneck: 'history', facts });
  }
  const allowed = ({ target, floors }: Strategy) =>
    (floorsAllowed || floors === 'none') && (targetAllowed || Math.abs(target - input.ownTarget) < 1e-9);
  return { allowed, excuses };
}

/** 1970-01-01 was a Thursday: days 2 and 3 of each week are Saturday and Sunday. */
function hasTwoWeekends({ start, days }: Tournament, pacing: Pacing): boolean {
  if (pacing.daysForTarget === 0) return true;
  const first = start / MINUTES_PER_DAY;
  let weekendDays = 0;
  for (let day = first; day < first + days; day++) if (day % 7 === 2 || day % 7 === 3) weekendDays += 1;
  return weekendDays >= 4;
}
