import { QUANTILES } from '../../forecast/forecaster.ts';
import { type Profile, rounded, roundedLesson, type WeighedForecaster } from '../../forecast/profile.ts';
import { BLEND, type FloorRule, type Strategy } from '../../forecast/strategy.ts';
import { lowestByHour } from '../../guard/band.ts';
import { MINUTES_PER_DAY, type Minute } from '../../quantities.ts';
import { bestAhead } from './best-ahead.ts';
import { weightsOf } from './floor-book.ts';
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
    forecasters: floors === 'none' ? [] : forecastersOf(tournament, floors),
    dayAhead:
      plan && floors !== 'none'
        ? Array.from(bestAhead(tournament, strategy.target, lossFactor), rounded)
        : [],
    highestNeed: highestNeed(tournament),
    ...(footing === undefined ? {} : { footing }),
    lowest: lowestByHour(tournament.visible.subarray(0, days * MINUTES_PER_DAY)).map(rounded),
  };
}

/** Shares smaller than this are left out of a profile. */
const LEAST_SHARE = 0.002;

/** The forecasters behind a floor rule, as the profile keeps them. */
function forecastersOf({ books, blend }: Tournament, rule: FloorRule): readonly WeighedForecaster[] {
  const k = QUANTILES.indexOf(rule.quantile);
  const weights = weightsOf(blend.blend, k);
  const shares = books.map(({ forecaster, lesson }, f) => {
    const alone = forecaster.name === rule.forecaster ? 1 : 0;
    const weight = rule.forecaster === BLEND ? weights[f]! : alone;
    return {
      name: forecaster.name,
      weight,
      lesson: roundedLesson(forecaster.partFor?.(lesson, k) ?? lesson),
    };
  });
  const kept = shares.filter(({ weight }) => weight >= LEAST_SHARE);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map((share) => ({ ...share, weight: rounded(share.weight / total) }));
}
