import type { Forecaster } from './forecaster.ts';
import { levelForecaster, recentPeakForecaster } from './level.ts';
import { minuteOfHourForecaster } from './minute-of-hour.ts';
import { recentNeedForecaster } from './recent-need.ts';
import { sameTimeLastWeekForecaster, sameTimeYesterdayForecaster } from './same-time.ts';
import { steadyForecaster } from './steady.ts';
import { timeOfDayForecaster } from './time-of-day.ts';
import { treesForecaster } from './trees/trees.ts';
import { trendForecaster } from './trend.ts';

/** All forecasters, few and different. A profile names one of them. */
export const FORECASTERS: readonly Forecaster[] = [
  levelForecaster,
  recentPeakForecaster,
  trendForecaster,
  sameTimeYesterdayForecaster,
  sameTimeLastWeekForecaster,
  timeOfDayForecaster,
  minuteOfHourForecaster(12),
  recentNeedForecaster(3),
  treesForecaster,
  steadyForecaster,
];

/** The forecaster of that name; throws a RangeError where a profile names one this version does not have. */
export function forecasterOf(name: string): Forecaster {
  const found = FORECASTERS.find((forecaster) => forecaster.name === name);
  if (!found)
    throw new RangeError(`no forecaster is called ${name}: let the nightly review write a new profile`);
  return found;
}
