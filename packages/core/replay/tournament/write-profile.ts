import { compoundOf, USUAL_QUANTILE } from '../../forecast/compounds.ts';
import { QUANTILES, type Quantile } from '../../forecast/forecaster.ts';
import {
  type Profile,
  rounded,
  roundedAhead,
  roundedLesson,
  type WeighedForecaster,
} from '../../forecast/profile.ts';
import { BLEND, type FloorRule, type Strategy } from '../../forecast/strategy.ts';
import { lowestByHour } from '../../guard/band.ts';
import { MINUTES_PER_DAY, type Minute } from '../../quantities.ts';
import { bestAhead } from './best-ahead.ts';
import { type FloorBook, weightsOf } from './floor-book.ts';
import { highestNeed, leadOf, type Tournament } from './tournament.ts';

/**
 * The profile that makes a group run by `strategy` on what the tournament has learned. Without `plan` the day-ahead part
 * is left out, which takes most of the time and which only a written plan is cut from.
 */
export function writeProfile(
  tournament: Tournament,
  strategy: Strategy,
  {
    lossFactor,
    plan = true,
    footing,
  }: { readonly lossFactor: number; readonly plan?: boolean; readonly footing?: 'lost' },
): Profile {
  const { world, start, days } = tournament;
  const { floors } = strategy;
  return {
    version: 1,
    learnedAt: (start + days * MINUTES_PER_DAY) as Minute,
    sloUtilisation: world.sloUtilisation,
    lead: leadOf(world),
    strategy,
    ...(floors === 'none' ? { forecasters: [] } : partsOf(tournament, floors)),
    dayAhead:
      plan && floors !== 'none'
        ? Array.from(bestAhead(tournament, strategy.target, lossFactor), roundedAhead)
        : [],
    highestNeed: highestNeed(tournament),
    ...(footing === undefined ? {} : { footing }),
    lowest: lowestByHour(tournament.visible.subarray(0, days * MINUTES_PER_DAY)).map(rounded),
  };
}

/** Shares smaller than this are left out of a profile. */
const LEAST_SHARE = 0.002;

/** The forecasters behind a floor rule, as the profile keeps them. */
function partsOf(
  tournament: Tournament,
  { forecaster, quantile }: FloorRule,
): Pick<Profile, 'forecasters' | 'least'> {
  const { books, blend } = tournament;
  const compound = compoundOf(forecaster);
  const mean = compound?.mean ?? [forecaster];
  const weights = weightsOf(blend.blend, QUANTILES.indexOf(quantile));
  const shares = books.map((book, f) => {
    const weight = mean.reduce((sum, part) => {
      const alone = book.forecaster.name === part ? 1 : 0;
      return sum + (part === BLEND ? weights[f]! : alone) / mean.length;
    }, 0);
    return { book, weight };
  });
  const kept = shares.filter(({ weight }) => weight >= LEAST_SHARE);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  const least = books.find((book) => book.forecaster.name === compound?.least);
  return {
    forecasters: kept.map(({ book, weight }) => keep(book, quantile, rounded(weight / total))),
    ...(least && { least: keep(least, USUAL_QUANTILE, 1) }),
  };
}

function keep({ forecaster, lesson }: FloorBook, quantile: Quantile, weight: number): WeighedForecaster {
  const part = forecaster.partFor?.(lesson, QUANTILES.indexOf(quantile)) ?? lesson;
  return { name: forecaster.name, weight, lesson: roundedLesson(part) };
}
