import { quantileInPlace } from '../demand/quantile.ts';
import { TICKS_PER_DAY } from '../quantities.ts';
import { type Forecaster, QUANTILES } from './forecaster.ts';

const DAYS = 14;

/**
 * What came within the lead on the last 14 days, whatever the time and whatever the level: the one forecast that rare
 * bursts without a pattern do not surprise. Of the blend only: as a rule of its own it costs where there is a pattern.
 */
export const steadyForecaster: Forecaster = {
  name: 'steady',
  learn: ({ came, days }) => {
    const known = came
      .slice(Math.max(0, days - DAYS) * TICKS_PER_DAY, days * TICKS_PER_DAY)
      .filter((value) => !Number.isNaN(value));
    return {
      quantiles: QUANTILES.map((q) => (known.length > 0 ? quantileInPlace(known, known.length, q) : 0)),
    };
  },
  forecast: ({ quantiles = [] }, _window, out) => {
    for (let k = 0; k < QUANTILES.length; k++) out[k] = quantiles[k] ?? 0;
    return out[1]!;
  },
};
