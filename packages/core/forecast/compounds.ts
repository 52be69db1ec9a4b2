import { BLEND } from './strategy.ts';

/**
 * A floor rule made of others that err differently: the mean of two is wrong less often than either, since they are
 * seldom wrong at the same ticks (Bates and Granger, The combination of forecasts, 1969).
 */
export interface Compound {
  readonly name: string;
  /** What it is the mean of (of logarithms, each counting the same): forecasters, or the blend of all. */
  readonly mean: readonly string[];
  /** It never says less than the middle of what this forecaster says. */
  readonly least?: string;
}

/** The quantile of `least`: what is usual. */
export const USUAL_QUANTILE = 0.5;

export const COMPOUNDS: readonly Compound[] = [
  { name: 'time-of-day + recent-need-3', mean: ['time-of-day', 'recent-need-3'] },
  { name: 'blend + minute-of-hour-12', mean: [BLEND, 'minute-of-hour-12'] },
  { name: 'blend or usual', mean: [BLEND], least: 'time-of-day' },
];

/** The compound of that name; undefined where the name is a forecaster's or the blend's. */
export function compoundOf(name: string): Compound | undefined {
  return COMPOUNDS.find((compound) => compound.name === name);
}
