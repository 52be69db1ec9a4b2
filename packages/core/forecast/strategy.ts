import type { Utilisation } from '../quantities.ts';
import type { Quantile } from './forecaster.ts';

/** The name of the blend of all forecasters, besides the forecasters' own. */
export const BLEND = 'blend';

/** How floors are found, and which of its quantiles must be served. */
export interface FloorRule {
  /** A forecaster, the blend of all, or one of COMPOUNDS, by name. */
  readonly forecaster: string;
  readonly quantile: Quantile;
}

/** Up to this quantile a rule leaves every fifth shortage to target tracking anyway. */
const SPARING_QUANTILE: Quantile = 0.8;
/** The part of an instance for which such a rule does not ask for a whole one. */
const SPARED_PART = 0.25;

/**
 * How far above a whole number the need under a floor may be before it is rounded up, instances. An instance for a small
 * part of it is idle nearly always; where the loss factor makes that worth while, a higher quantile is chosen.
 */
export function sparedPart({ quantile }: FloorRule): number {
  return quantile <= SPARING_QUANTILE ? SPARED_PART : 0;
}

/** One way to run a group: a target-tracking target, with or without floors. */
export interface Strategy {
  readonly target: Utilisation;
  readonly floors: FloorRule | 'none';
  /** At saturation the floor jumps to this many times the present capacity; absent where it does not. */
  readonly surge?: number;
}

/** `tt-65`, `tt-70 over 95 %, surge x4`, `tt-70 over trend 90 %`: the strategy in a few words, its key in tables. */
export function nameStrategy({ target, floors, surge }: Strategy): string {
  const tracking = `tt-${Math.round(target * 100)}`;
  const over =
    floors === 'none'
      ? ''
      : ` over ${floors.forecaster === BLEND ? '' : `${floors.forecaster} `}${Number((floors.quantile * 100).toFixed(1))} %`;
  return tracking + over + (surge === undefined ? '' : `, surge x${surge}`);
}
