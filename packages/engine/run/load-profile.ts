import {
  BLEND,
  CELLS_PER_DAY,
  compoundOf,
  FORECASTERS,
  type Profile,
  QUANTILES,
  type Strategy,
  type WeighedForecaster,
} from '@evenkeel/core/forecast';
import type { Ports, SeriesKey } from '../ports/index.ts';

/**
 * The profile of a series; undefined where there is none, and where the one that stands cannot be read: damaged, or of a version that knows
 * other forecasters. It is rebuilt from metrics as a lost one is; until then what stands in the group stands.
 */
export async function loadProfile(
  { profiles }: Pick<Ports, 'profiles'>,
  series: SeriesKey,
): Promise<Profile | undefined> {
  const profile = await profiles.load(series);
  return profile !== undefined && isReadable(profile) ? profile : undefined;
}

type Doubtful<Value> = { readonly [Key in keyof Value]?: unknown };

function isReadable(profile: Doubtful<Profile>): boolean {
  const { version, learnedAt, lead, sloUtilisation, highestNeed, strategy, dayAhead, lowest = [] } = profile;
  return (
    version === 1 &&
    [learnedAt, lead, sloUtilisation, highestNeed].every(isNumber) &&
    areNumbers(dayAhead) &&
    Array.isArray(lowest) &&
    isStrategy(strategy) &&
    areForecasters(profile)
  );
}

function isStrategy(strategy: unknown): strategy is Strategy {
  const { target, floors, surge = 1 } = (strategy ?? {}) as Doubtful<Strategy>;
  if (!isNumber(target) || !isNumber(surge)) return false;
  if (floors === 'none') return true;
  const { forecaster, quantile } = (floors ?? {}) as { forecaster?: unknown; quantile?: unknown };
  const isKnown = typeof forecaster === 'string' && (isForecaster(forecaster) || isMade(forecaster));
  return isKnown && QUANTILES.some((each) => each === quantile);
}

/** Whether what floors are made of is there: without lessons or a day ahead a floor would be nothing at all. */
function areForecasters({ strategy, forecasters, least, dayAhead }: Doubtful<Profile>): boolean {
  if (!Array.isArray(forecasters)) return false;
  if ((strategy as Strategy).floors !== 'none') {
    if (forecasters.length === 0 || (dayAhead as readonly number[]).length < CELLS_PER_DAY) return false;
  }
  return [...forecasters, ...(least === undefined ? [] : [least])].every(isWeighed);
}

function isWeighed(value: unknown): boolean {
  const { name, weight, lesson } = (value ?? {}) as Doubtful<WeighedForecaster>;
  return isForecaster(name) && isNumber(weight) && typeof lesson === 'object' && lesson !== null;
}

function isForecaster(name: unknown): boolean {
  return FORECASTERS.some((each) => each.name === name);
}

/** Rules that are made of several forecasters. */
function isMade(name: string): boolean {
  return name === BLEND || compoundOf(name) !== undefined;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function areNumbers(values: unknown): boolean {
  return Array.isArray(values) && values.every(isNumber);
}
