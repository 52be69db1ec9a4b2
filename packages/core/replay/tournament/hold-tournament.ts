import type { DemandSeries } from '../../demand/series.ts';
import type { Excuse } from '../../explain/excuse.ts';
import type { Profile } from '../../forecast/profile.ts';
import { nameStrategy, type Strategy } from '../../forecast/strategy.ts';
import { MINUTES_PER_DAY, type Minute, type Utilisation } from '../../quantities.ts';
import type { World } from '../world.ts';
import { fillGaps } from './fill-gaps.ts';
import { choose, type Standing, standings } from './standings.ts';
import { createTournament, playDay, type Tournament } from './tournament.ts';
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
  /** Visible demand, at most 28 days are used; NaN where missing. Parts of days at either end are left out. */
  readonly history: DemandSeries;
  readonly world: World;
  readonly lossFactor: number;
  /** The owner's own configuration: what stays where Evenkeel may not choose. */
  readonly ownTarget: Utilisation;
  readonly previous?: Profile;
  readonly pacing?: Pacing;
  /** The strategies that may be chosen; all where not given. A group whose target is not to be touched has others. */
  readonly strategies?: readonly Strategy[];
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
}

const HISTORY_DAYS = 28;

/** Plays all strategies over a group's history and writes the profile of the best for its loss factor. */
export function holdTournament(input: TournamentInput): TournamentResult {
  const { history, world } = input;
  const end = Math.floor((history.start + history.values.length) / MINUTES_PER_DAY);
  const first = Math.max(Math.ceil(history.start / MINUTES_PER_DAY), end - HISTORY_DAYS);
  const days = Math.max(0, end - first);
  const start = (Math.min(first, end) * MINUTES_PER_DAY) as Minute;
  const tournament = createTournament({
    world,
    start,
    days,
    ...(input.strategies === undefined ? {} : { strategies: input.strategies }),
  });
  const values = fillGaps(history, start, days * MINUTES_PER_DAY);
  for (let day = 0; day < days; day++) {
    playDay(tournament, values.subarray(day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY));
  }
  return conclude(tournament, input);
}

/** The result of a tournament as it stands after its last day. */
export function conclude(
  tournament: Tournament,
  input: Pick<TournamentInput, 'lossFactor' | 'ownTarget' | 'previous' | 'pacing'>,
): TournamentResult {
  const { lossFactor, ownTarget, previous, pacing = NO_PACING } = input;
  const table = standings(tournament, lossFactor);
  const { allowed, excuses } = allowedBy(tournament, input, pacing);
  const candidates = table.filter(({ strategy }) => allowed(strategy));
  const chosen = choose(candidates, previous && nameStrategy(previous.strategy));
  const strategy = chosen?.strategy ?? { target: ownTarget, floors: 'none' as const };
  const target = Math.min(strategy.target, (previous?.strategy.target ?? ownTarget) + pacing.targetStep);
  return {
    profile: writeProfile(tournament, { ...strategy, target }, lossFactor),
    chosen,
    runnerUp: candidates.find((standing) => standing !== chosen),
    own: table.find(
      (one) => one.strategy.floors === 'none' && Math.abs(one.strategy.target - ownTarget) < 1e-9,
    ),
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
